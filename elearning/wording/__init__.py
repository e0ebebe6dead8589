"""How content is worded: words to avoid and how easily it reads."""
