"""web: FastAPI and Jinja2; calls services and shows their results.

`app` assembles it, `access` controls who may open what, `border` wraps every answer, `throttle` slows down guessing.
Review: `queueing` is the queue, `candidates` the page of one candidate, `deciding` the decisions, whose forms `forms`
reads; `following` finds the way from one candidate to the next. `fields`, `views`, `known`, `marking` and `offering`
prepare what the templates show. `static/js` adds keyboard shortcuts; without it every button is a form.
"""
