"""Files as spreadsheets, hands and accidents make them, each with what it means."""
