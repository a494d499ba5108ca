"""Which module answers which command; only that one is loaded."""

from __future__ import annotations

import argparse

from app.cli.context import Context

__all__ = ["run"]


def run(context: Context, args: argparse.Namespace) -> int:
    """Run the command and return the exit status: 0 done, 1 nothing usable, 2 usage."""
    match args.command:
        case "import":
            from app.cli import intake

            return intake.run(context, args)
        case "products":
            from app.cli import products

            return products.run(context, args)
        case "listings" | "shopfiles":
            from app.cli import listings

            return listings.run(context, args)
        case "addresses":
            from app.cli import addresses

            return addresses.run(context, args)
        case "channels":
            from app.cli import channels

            return channels.run(context, args)
        case "imports":
            from app.cli import imports

            return imports.run(context, args)
        case "folders":
            from app.cli import folders

            return folders.run(context, args)
        case "lots":
            from app.cli import lots

            return lots.run(context, args)
        case "weights":
            from app.cli import weights

            return weights.run(context, args)
        case "shadow":
            from app.cli import shadow

            return shadow.run(context, args)
        case "alikes" | "overrides":
            from app.cli import alikes

            return alikes.run(context, args)
        case "people":
            from app.cli import people

            return people.run(context, args)
        case "orders":
            from app.cli import orders

            return orders.run(context, args)
        case "release" | "batches":
            from app.cli import release

            return release.batches(context, args) if args.command == "batches" else release.run(context, args)
        case "waves":
            from app.cli import waves

            return waves.run(context, args)
        case "map":
            from app.cli import map as warehouse_map

            return warehouse_map.run(context, args)
        case "cartons":
            from app.cli import cartons

            return cartons.run(context, args)
        case "inserts" | "gift":
            from app.cli import inserts

            return inserts.run(context, args)
        case "templates":
            from app.cli import templates

            return templates.run(context, args)
        case "scan":
            from app.cli import scan

            return scan.run(context, args)
        case "print":
            from app.cli import printing

            return printing.run(context, args)
        case "printers":
            from app.cli import printers

            return printers.run(context, args)
        case "returns":
            from app.cli import returns

            return returns.run(context, args)
        case "counts":
            from app.cli import counts

            return counts.run(context, args)
        case "containers":
            from app.cli import containers

            return containers.run(context, args)
        case "mail":
            from app.cli import mail

            return mail.run(context, args)
        case "rates":
            from app.cli import rates

            return rates.run(context, args)
        case "settings":
            from app.cli import settings

            return settings.run(context, args)
        case "carriers":
            from app.cli import carriers

            return carriers.run(context, args)
        case "attention" | "contacts":
            from app.cli import attention

            return attention.run(context, args)
        case "stop" | "pulls" | "merge":
            from app.cli import stop

            return stop.run(context, args)
        case "handover" | "board" | "report":
            from app.cli import handover

            return handover.run(context, args)
        case "explain" | "verify" | "doctor":
            from app.cli import checks

            return checks.run(context, args)
        case "anchor" | "photos" | "proof" | "replay":
            from app.cli import proof

            return proof.run(context, args)
        case "decode":
            from app.cli import decoding

            return decoding.run(context, args)
        case "scale":
            from app.cli import scale

            return scale.run(context, args)
        case "simulate":
            from app.cli import simulate

            return simulate.run(context, args)
    raise AssertionError(args.command)
