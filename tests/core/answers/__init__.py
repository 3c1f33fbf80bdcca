"""What each rule answers, word for word: a table to read as well as to test with."""
