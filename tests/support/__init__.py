"""What tests share: servers, databases, sounds, factories."""
