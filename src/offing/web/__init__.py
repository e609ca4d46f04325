"""web: FastAPI and Jinja2; reads and decisions only.

`app` puts it together, `access` says who may open what, `border` wraps every answer, `throttle` slows down
guessing, `pages` and `accounts` hold the routes, `views` and `marking` shape what the templates show.
"""
