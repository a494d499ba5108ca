"""Spreadsheets as text: judged and read in a limited child process, never in the station's own."""
