"""What an error, a code or a question means: on the Check screen and in Help."""
