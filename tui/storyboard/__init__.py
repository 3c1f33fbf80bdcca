"""Make a tour into pictures with captions: HTML and Markdown pages."""
