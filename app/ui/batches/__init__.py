"""The batches 出荷バッチ on screen: carrier files out, numbers back."""
