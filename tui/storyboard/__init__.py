"""Turn a tour into HTML and Markdown pages of pictures with captions."""
