"""Parts of pages as files of their own: plain text, and Word documents for a municipality's own case papers."""
