"""The runner: `python -m benchmarks --list`, `python -m benchmarks NAME [--json]`."""

import inspect
import json
from dataclasses import asdict
from importlib import import_module

import click

from benchmarks import BENCHMARKS
from benchmarks.figures import Figures, describe_machine


@click.command()
@click.argument("name", required=False)
@click.option("--list", "as_list", is_flag=True, help="List the benchmarks with what they measure.")
@click.option("--json", "as_json", is_flag=True, help="Print name, machine and figures as JSON.")
def main(name: str | None, as_list: bool, as_json: bool) -> None:
    """Run the benchmark NAME and print its figures."""
    if as_list or name is None:
        for known in BENCHMARKS:
            click.echo(f"{known:14} {describe_benchmark(known)}")
        return
    if name not in BENCHMARKS:
        raise click.BadParameter(f"unknown; one of: {', '.join(BENCHMARKS)}", param_hint="NAME")
    figures: Figures = import_module(BENCHMARKS[name]).run()
    machine = describe_machine()
    if as_json:
        plain = {key: asdict(figure) for key, figure in figures.items()}
        click.echo(json.dumps({"name": name, "machine": machine, "figures": plain}, indent=2))
        return
    click.echo(f"{name}: {describe_benchmark(name)}")
    click.echo(", ".join(f"{key} {value}" for key, value in machine.items()))
    for key, figure in figures.items():
        notes = [f"target {figure.target}" if figure.target else "", figure.reference or ""]
        click.echo(
            f"  {key:24} {figure.value:>10g} {figure.unit:6} {', '.join(filter(None, notes))}".rstrip()
        )


def describe_benchmark(name: str) -> str:
    """Return the first line of a benchmark's docstring."""
    documentation = inspect.getdoc(import_module(BENCHMARKS[name])) or ""
    return documentation.splitlines()[0] if documentation else ""


if __name__ == "__main__":
    main()
