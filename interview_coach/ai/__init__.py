"""Language engines and text models. Knows no domain: prompts and shapes are handed to it."""
