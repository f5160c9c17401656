"""The steps of the story, through the public pages, APIs and mails."""
