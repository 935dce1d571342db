"""A stronger version of an answer, made from nothing but what was said in it."""
