"""The desk: comments, following, notifications, tasks."""
