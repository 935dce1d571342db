"""The programs behind `./coach`: installing, building the page, serving, supervising, checking.

Stands above every domain; nothing imports it except the command line. See
docs/decisions/0001-launch-folder.md.
"""
