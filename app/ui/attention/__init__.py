"""What needs a person: holds, questions to customers, goods and papers to take out, merges, stopping an order."""
