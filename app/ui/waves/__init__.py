"""Waves ウェーブ on screen: choosing and releasing one, how far each is, and its pick jobs."""
