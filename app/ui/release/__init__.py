"""The release 出荷指示 on screen."""
