"""The answer to an address that asks for what its filter does not offer: the filter, with what to mend."""

from __future__ import annotations

from flask import Flask, Response, make_response, render_template, request

from mystery.web.forms import FilterFault


def init_filter_faults(app: Flask) -> None:
    """Answer every filter that cannot be understood in one way."""
    app.register_error_handler(FilterFault, answer_fault)


def answer_fault(fault: FilterFault) -> Response:
    """The fields of the filter with the problems beside them, and nothing that was not asked for."""
    kept = [
        (name, value)
        for name, values in request.args.lists()
        if name not in fault.form and name != "page"
        for value in values
    ]
    # A field without a list is not offered on the page the reader came from.
    fields = [field for field in fault.form if getattr(field, "choices", ()) is not None]
    return make_response(render_template("filter_fault.html", form=fault.form, fields=fields, kept=kept), 422)
