#!/usr/bin/env python3
"""Makes feeds of real products and stores, with prices and stock derived from their numbers.

Usage: real_feed.py PRODUCTS.tsv[.zst] STORES.json OUTPUT_FOLDER [--products N] [--flip N] [--cut]

PRODUCTS has a header and the columns gtin14 gtin title lang_hint gs1_prefix image ingredients. STORES is a JSON list
of {id, name, address, city, state, zip, location: {lat, lon}, hours: "Mon: 10-9:30; …"}. Writes products.tsv (Google
product feed), inventory.tsv (local inventory feed, about four stores an item) and stores.json (schema.org). Equal
input gives equal output.

--products N  only the first N products
--flip N      gives N products a wrong check digit, spread evenly; flipped.txt lists them
--cut         ends products.tsv in the middle of a row in its middle
"""
import argparse
import hashlib
import json
import os
import re
import subprocess
import sys

STORES_PER_PRODUCT = 4
TITLE_CHARACTERS_MAX = 150
DESCRIPTION_CHARACTERS_MAX = 5000
DEPARTMENTS = ["Grocery > Breakfast > Cereal", "Grocery > Breakfast > Spreads", "Grocery > Drinks > Coffee",
               "Grocery > Drinks > Tea", "Grocery > Drinks > Juice", "Grocery > Snacks > Chocolate",
               "Grocery > Snacks > Biscuits", "Grocery > Snacks > Crisps", "Grocery > Pantry > Pasta",
               "Grocery > Pantry > Sauces", "Grocery > Pantry > Tinned", "Grocery > Dairy > Cheese",
               "Grocery > Dairy > Yoghurt", "Grocery > Frozen > Meals", "Home > Kitchen > Storage",
               "Home > Kitchen > Tools"]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
# Most populous zone of each state: enough for opening hours in a trial.
ZONES = {
    "America/New_York": "CT DC DE FL GA IN KY MA MD ME MI NC NH NJ NY OH PA RI SC VA VT WV",
    "America/Chicago": "AL AR IA IL KS LA MN MO MS ND NE OK SD TN TX WI",
    "America/Denver": "CO ID MT NM UT WY",
    "America/Phoenix": "AZ",
    "America/Los_Angeles": "CA NV OR WA",
    "America/Anchorage": "AK",
    "Pacific/Honolulu": "HI",
    "America/Puerto_Rico": "PR",
}
ZONE_OF = {state: zone for zone, states in ZONES.items() for state in states.split()}


def digest(text):
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")


def quoted(value):
    """Google's text form: quotes around a value that begins with one or holds a tab or a newline."""
    value = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", " ", value).strip()
    if value.startswith('"') or "\t" in value or "\n" in value or "\r" in value:
        return '"' + value.replace('"', '""') + '"'
    return value


def lines_of(path):
    if path.endswith(".zst"):
        with subprocess.Popen(["zstd", "-dc", "--long=27", path], stdout=subprocess.PIPE) as process:
            for line in process.stdout:
                yield line.decode("utf-8", "replace").rstrip("\n")
    else:
        with open(path, encoding="utf-8", errors="replace") as file:
            for line in file:
                yield line.rstrip("\n")


def minute(text, afternoon):
    hour, _, rest = text.partition(":")
    hour = int(hour) % 12 + (12 if afternoon else 0)
    return f"{hour:02d}:{int(rest or 0):02d}"


def hours_of(text):
    """"Mon: 10-9:30; …; Sun: 11-7" to openingHoursSpecification: opens in the morning, closes after noon."""
    specifications = []
    for part in text.split(";"):
        found = re.fullmatch(r"\s*(\w+):?\s*(\d+(?::\d+)?)\s*-\s*(\d+(?::\d+)?)\s*", part)
        if not found:
            continue
        day = next((d for d in DAYS if d.startswith(found[1][:3].title())), None)
        if day:
            specifications.append({"@type": "OpeningHoursSpecification", "dayOfWeek": "https://schema.org/" + day,
                                   "opens": minute(found[2], found[2].startswith("12")),
                                   "closes": minute(found[3], True)})
    return specifications


def write_stores(source, target):
    with open(source, encoding="utf-8") as file:
        stores = json.load(file)
    result = []
    for store in stores:
        zone = ZONE_OF.get(store["state"], "America/New_York")
        result.append({
            "@context": "https://schema.org", "@type": "Store", "branchCode": str(store["id"]), "name": store["name"],
            "address": {"@type": "PostalAddress", "streetAddress": store["address"],
                        "addressLocality": store["city"], "addressRegion": store["state"],
                        "postalCode": store["zip"], "addressCountry": "US"},
            "geo": {"@type": "GeoCoordinates", "latitude": store["location"]["lat"],
                    "longitude": store["location"]["lon"]},
            "openingHoursSpecification": hours_of(store["hours"]),
            "additionalProperty": [{"@type": "PropertyValue", "name": "timeZone", "value": zone}]})
    with open(target, "w", encoding="utf-8") as file:
        json.dump(result, file, ensure_ascii=False, indent=1)
        file.write("\n")
    return [store["branchCode"] for store in result]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("products")
    parser.add_argument("stores")
    parser.add_argument("folder")
    parser.add_argument("--products", dest="limit", type=int, default=0)
    parser.add_argument("--flip", type=int, default=0)
    parser.add_argument("--cut", action="store_true")
    arguments = parser.parse_args()
    os.makedirs(arguments.folder, exist_ok=True)
    inside = lambda name: os.path.join(arguments.folder, name)
    codes = write_stores(arguments.stores, inside("stores.json"))

    rows = []
    source = lines_of(arguments.products)
    next(source)
    for line in source:
        rows.append(line.split("\t"))
        if len(rows) == arguments.limit:
            break
    step = len(rows) / arguments.flip if arguments.flip else 0
    flipped = {int(i * step) for i in range(arguments.flip)}
    cells = 0
    with open(inside("products.tsv"), "w", encoding="utf-8", newline="") as products, \
            open(inside("inventory.tsv"), "w", encoding="utf-8", newline="") as inventory, \
            open(inside("flipped.txt"), "w", encoding="utf-8") as flips:
        products.write("id\ttitle\tdescription\tgtin\tprice\tsale_price\tsale_price_effective_date\tproduct_type\t"
                       "image_link\tavailability\n")
        inventory.write("store_code\tid\tquantity\tavailability\tinstore_product_location\n")
        for number, row in enumerate(rows):
            gtin, title, image, ingredients = row[1], row[2], row[5], row[6] if len(row) > 6 else ""
            seed = digest(gtin)
            shown = gtin
            if number in flipped:
                shown = gtin[:-1] + str((int(gtin[-1]) + 1) % 10)
                flips.write(f"{gtin}\t{shown}\n")
            cents = 49 + seed % 4950
            sale = f"{cents * 8 // 10 / 100:.2f} EUR" if seed % 20 == 0 else ""
            when = "2026-01-01T00:00+0200/2027-01-01T00:00+0200" if sale else ""
            values = [gtin, title[:TITLE_CHARACTERS_MAX], ingredients[:DESCRIPTION_CHARACTERS_MAX], shown,
                      f"{cents / 100:.2f} EUR", sale, when, DEPARTMENTS[seed // 7 % len(DEPARTMENTS)], image,
                      "in_stock"]
            products.write("\t".join(quoted(value) for value in values) + "\n")
            for k in range(1 + seed // 11 % (2 * STORES_PER_PRODUCT)):
                code = codes[digest(f"{gtin}/{k}") % len(codes)]
                chosen = digest(f"{gtin}@{code}")
                if k and any(codes[digest(f"{gtin}/{j}") % len(codes)] == code for j in range(k)):
                    continue
                aisle = f"{'ABCDEFGH'[chosen // 13 % 8]}{chosen // 101 % 30 + 1}" if chosen % 3 else ""
                inventory.write(f"{code}\t{gtin}\t{1 + chosen % 40}\tin_stock\t{aisle}\n")
                cells += 1
    if arguments.cut:
        with open(inside("products.tsv"), "r+b") as file:
            file.seek(os.path.getsize(inside("products.tsv")) // 2)
            file.readline()
            start = file.tell()
            row = file.readline()
            file.truncate(start + row.index(b"\t") + 3)
    print(f"{len(rows)} products, {len(codes)} stores, {cells} stock rows, {len(flipped)} wrong check digits",
          file=sys.stderr)


if __name__ == "__main__":
    main()
