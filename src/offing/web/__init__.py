"""web: FastAPI and Jinja2; calls steps and shows what they answer.

`app` puts it together, `access` says who may open what, `border` wraps every answer, `throttle` slows down guessing.
Review: `queueing` has the queue, `candidates` the page of one, `deciding` what is decided there, by forms that `forms`
reads; `following` knows the way from one candidate to the next. `fields`, `views`, `known`, `marking` and `offering`
shape what the templates show. `static/js` makes it quick by keys; without it every button is a form.
"""
