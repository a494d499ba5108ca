"""Papers drawn with ReportLab. One file is one paper, found by walking the folder."""
