"""What lies on disk from one build to the next, and the processes that read and write there."""
