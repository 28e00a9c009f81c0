"""Many files at once: each is read, judged and its report written where it was asked for.

What a file's report is, `review` says; here is only which files there are, which still lack a report, and who
works on them. A file is whole or not there, and the next run goes on with what is missing. Nothing here
ever knows a device, a person or a page.
"""
