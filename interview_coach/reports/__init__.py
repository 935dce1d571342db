"""Reports that leave the house: a PDF, exports, a link to show."""
