"""Write the reference lists of ARCHITECTURE.md from the code; ``--check`` only says whether they are current."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from app.carriers._choose import carriers  # noqa: E402
from app.channels._mapping import CONDITIONS, FIELDS, REQUIRED  # noqa: E402
from app.channels._product_columns import PRODUCT_COLUMNS  # noqa: E402
from app.domain.intake import LEVELS  # noqa: E402
from app.domain.mispicks import MISPICKS  # noqa: E402
from app.domain.orders import COMPUTED_HOLDS, ORDER_LIFE, PARCEL_LIFE, WAYBILL_LIFE, Hold  # noqa: E402
from app.settings import SETTINGS  # noqa: E402
from app.text import texts  # noqa: E402

PAGE = ROOT / "ARCHITECTURE.md"
BEGIN, END = "<!-- reference: begin -->", "<!-- reference: end -->"
SOURCES = ("app/domain", "app/services")
ANSWERERS = ("app.domain.outcome", "ScannedOut")
"""What a module that answers scans speaks of."""
SAYS = {"ok", "refused", "question", "info", "then", "then_ask", "then_tell"} | {
    "_simple",
    "_refused",
    "Say",
    "ScannedOut",
}
TABLES = {"_FAULT_KEYS", "_STOPPED", "_FINISHED", "key"}
"""Names of what holds keys that are said."""


def answer_keys() -> list[str]:
    """Return every key that the answer to a scan can have, read from the source."""
    found: set[str] = set()
    for source in (path.read_text(encoding="utf-8") for folder in SOURCES for path in (ROOT / folder).glob("*.py")):
        if not any(word in source for word in ANSWERERS):
            continue
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in SAYS and node.args:
                found |= {leaf.value for leaf in ast.walk(node.args[0]) if _is_key(leaf)}
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "finish":
                found |= {leaf.value for argument in node.args for leaf in ast.walk(argument) if _is_key(leaf)}
            if isinstance(node, (ast.Assign, ast.AnnAssign)) and isinstance(node.value, ast.Dict | ast.IfExp):
                name = getattr(node.targets[0] if isinstance(node, ast.Assign) else node.target, "id", "")
                if name in TABLES or _is_table(node.value):
                    found |= {leaf.value for leaf in ast.walk(node.value) if _is_key(leaf)}
    return sorted(found)


def _is_table(node: ast.AST) -> bool:
    """Whether a dictionary gives a sentence for each of its keys."""
    return isinstance(node, ast.Dict) and bool(node.values) and all(_is_key(value) for value in node.values)


def _is_key(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and "." in node.value


def reference() -> str:
    """Return all lists as Markdown."""
    words = texts("en")
    parts = ["### Lives\n"]
    for title, life in (("Order", ORDER_LIFE), ("Parcel", PARCEL_LIFE), ("Waybill", WAYBILL_LIFE)):
        states = list(dict.fromkeys(type(next(iter(life.values()))))) if life else []
        parts.append(f"**{title}**: " + " · ".join(f"`{state}`" for state in states) + "\n")
        rows = [f"| `{state}` | {event} | `{after}` |" for (state, event), after in life.items()]
        parts.append("| state | event | then |\n|---|---|---|\n" + "\n".join(rows) + "\n")
    parts.append("### Holds\n\n| key | goes | means |\n|---|---|---|")
    parts += [
        f"| `{hold}` | {'by itself' if hold in COMPUTED_HOLDS else 'when lifted'} | {_say(words, f'hold.{hold}')} |"
        for hold in Hold
    ]
    parts.append("\n### Settings of the shop (`kenpin settings`)\n")
    parts.append("| key | values | default | means |\n|---|---|---|---|")
    for setting in SETTINGS.values():
        values = " · ".join(f"`{choice}`" for choice in setting.choices) or str(setting.kind)
        if setting.kind == "switch":
            values = "`on` · `off`"
        if setting.kind == "number":
            values = f"{setting.low} – {setting.high}"
        title = _say(words, f"setting.{setting.key}")
        parts.append(f"| `{setting.key}` | {values} | {f'`{setting.default}`' if setting.default else ''} | {title} |")
    parts.append("\n### Answers to a scan, at the bench and at the dock\n\n| key | says |\n|---|---|")
    parts += [f"| `{key}` | {_say(words, key)} |" for key in answer_keys()]
    parts.append("\n### Mispicks and the control that stops each every time (`kenpin simulate`)\n")
    parts.append("| № | mispick | stopped by | usual rate of the model |\n|---|---|---|---|")
    for kind, about in MISPICKS.items():
        stops = f"{_say(words, f'simulate.control.{about.caught_by}')}" if about.caught_by else "no scan"
        rate = f"{about.rate:g} per {about.per}"
        parts.append(f"| {about.number} | {_say(words, f'simulate.kind.{kind}')} | {stops} | {rate} |")
    parts += _carrier_lists(words)
    parts.append("\n### Columns of a product file\n\n| column | also found as | holds |\n|---|---|---|")
    parts += [f"| `{c.field}` | {', '.join(c.aliases)} | {c.en} |" for c in PRODUCT_COLUMNS]
    parts.append("\n### Mapping of a CSV (TOML)\n\n| section | fields |\n|---|---|")
    for section, fields in FIELDS.items():
        named = [f"**`{field}`**" if (section, field) in REQUIRED else f"`{field}`" for field in fields]
        parts.append(f"| `[{section}]` | {', '.join(named)} |")
    parts.append(f"| `[rules]` | {', '.join(f'`{rule}`' for rule in CONDITIONS)}, `non_goods` |")
    parts.append("\nFields in bold are required. See `resources/mappings/uci_online_retail.toml` for a whole one.")
    parts.append("\n### Problems an import reports\n\n| key | weight | says |\n|---|---|---|")
    parts += [f"| `{key}` | {level} | {_say(words, key)} |" for key, level in sorted(LEVELS.items())]
    return "\n".join(parts) + "\n"


def _carrier_lists(words: object) -> list[str]:
    """What every carrier offers and wants, and what the check of a shipment or a file of numbers reports."""
    parts = ["\n### Carriers and their services\n\n| carrier | service | name | cold | cash up to | pieces up to |"]
    parts.append("|---|---|---|---|---|---|")
    for each in carriers():
        for service in each.SERVICES:
            cold = " · ".join(sorted(service.temperatures - {"ambient"}))
            cash = f"{service.most_cod:,} yen" if service.cash_on_delivery else ""
            name = f"{service.title['ja']} ({service.title['en']})"
            parts.append(f"| `{each.ID}` | `{service.id}` | {name} | {cold} | {cash} | {service.most_pieces} |")
    parts.append("\n### Account with a carrier (`kenpin carriers account`)\n\n| field | needed | default | means |")
    parts.append("|---|---|---|---|")
    for each in carriers():
        for field in each.ACCOUNT:
            name = f"{each.ID}.{field.name}"
            needed, default = "yes" if field.required else "", f"`{field.default}`" if field.default else ""
            parts.append(f"| `{name}` | {needed} | {default} | {_say(words, f'carrier.{name}')} |")
    for title, area in (("Faults of a shipment", "fault"), ("Problems of a file of numbers", "number")):
        parts.append(f"\n### {title}\n\n| key | says |\n|---|---|")
        parts += [f"| `{key}` | {_say(words, key)} |" for key in carrier_keys(area)]
    return parts


def carrier_keys(area: str) -> list[str]:
    """Return the keys of the carriers' catalogue that begin with *area*."""
    page = (ROOT / "resources/texts/en/carriers.po").read_text(encoding="utf-8")
    return sorted(set(re.findall(rf'^msgid "({area}\.[^"]+)"', page, re.MULTILINE)))


def _say(words: object, key: str) -> str:
    said = words.say(key)  # type: ignore[attr-defined]
    return said.replace("|", "\\|").replace("\n", " ")


def main(arguments: list[str]) -> int:
    """Write the page, or check it."""
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    wanted = f"{before}{BEGIN}\n{reference()}{END}{after}"
    if "--check" in arguments:
        return 0 if page == wanted else 1
    PAGE.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
