"""Carriers' own software: files out to it, numbers back. One file is one carrier, found by walking the folder."""
