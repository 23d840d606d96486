"""A directory of services whose every text tries to be something else than text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ATTACKS = {
    "script": '<script>window.__pwned = "script"</script>',
    "image": "<img src=x onerror=\"window.__pwned = 'image'\">",
    "svg": "<svg onload=\"window.__pwned = 'svg'\"></svg>",
    "quotes": '"\'`><a href=# onclick="window.__pwned=\'quotes\'">O\'Brien & "Zonen"</a>',
    "right-to-left": "\u202eadnegrO\u202c \u2066\u05d0\u05d1\u2069 \u200f\u061c",
    "template": "{{constructor.constructor('window.__pwned=1')()}} ${window.__pwned=1} $& $' {name} %s",
    "markdown": "[klik](javascript:window.__pwned=1) **vet** $x^2$ :red[rood] ![x](x)",
    "spaces": "\u200b\u00a0\t streepje\u00ad \ufeff",
    "long": "Langenaam" * 1111 + "einde",
}
"""Each name and what is written wherever text can stand; the last one has 10,004 characters and no space."""

TOWN = ("Mechelen", "12025", 51.0259, 4.4776)


def write(path: Path, *, link: str = "https://example.org/\"><script>window.__pwned='url'</script>") -> Path:
    """Write one service per attack as HSDS JSON, all in one town."""
    services = [_service(name, text, number, link) for number, (name, text) in enumerate(ATTACKS.items())]
    path.write_text(json.dumps({"services": services}), encoding="utf-8")
    return path


def _service(name: str, text: str, number: int, link: str) -> dict[str, Any]:
    town, nis, lat, lon = TOWN
    return {
        "id": name,
        "name": f"{name} {text}",
        "alternate_name": text,
        "description": text,
        "status": "active",
        "alert": text,
        "url": link,
        "email": "vraag@example.org",
        "eligibility_description": text,
        "assured_date": "2025-03-01",
        "organization": {"id": f"o-{name}", "name": text, "description": text, "website": link},
        "phones": [{"id": f"p-{name}", "number": "+32 15 12 34 56", "type": "voice", "description": text}],
        "languages": [{"id": f"l-{name}", "code": ("nl", "ar")[number % 2], "name": text}],
        "schedules": [{"id": f"h-{name}", "description": text}],
        "service_areas": [{"id": f"a-{name}", "name": text, "extent": nis, "extent_type": "text"}],
        "service_at_locations": [
            {
                "id": f"at-{name}",
                "location": {
                    "id": f"place-{name}",
                    "location_type": "physical",
                    "name": text,
                    "latitude": lat + 0.004 * number,
                    "longitude": lon,
                    "addresses": [
                        {
                            "id": f"address-{name}",
                            "address_1": f"{text} {number + 1}",
                            "city": town,
                            "state_province": "Antwerpen",
                            "postal_code": "2800",
                            "country": "BE",
                            "address_type": "physical",
                        }
                    ],
                },
            }
        ],
        "attributes": [
            {
                "id": f"type-{name}",
                "link_type": "taxonomy_term",
                "taxonomy_term": {"id": "t", "code": "parenting_shop", "name": "Winkel", "description": "Winkel"},
            },
        ],
    }
