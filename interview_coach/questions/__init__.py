"""The question bank: reviewed questions with their key points, and how they are chosen."""
