"""The price list on screen: prices, extras, islands, a calculator, and why an order goes as it does."""
