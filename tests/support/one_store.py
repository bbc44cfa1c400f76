"""The feeds of a chain of one store with one product, for tests that boot a device."""

PRODUCTS = (
    "id\ttitle\tdescription\tlink\tprice\tavailability\tgtin\tbrand\tproduct_type\n"
    "MUG-W\tStoneware mug\tFor long mornings\thttps://shop.example/mug\t12.95 EUR\tin_stock\t9521234543213\tKorpi\tMugs\n"
)
INVENTORY = "store_code\tid\tquantity\tavailability\nFI-HEL-01\tMUG-W\t12\tin_stock\n"


def stores(opening_hours):
    """The stores' feed. `opening_hours`: as schema.org has them, "Mo-Su 09:00-21:00"."""
    return [{
        "@type": "Store", "branchCode": "FI-HEL-01", "name": "Helsinki Kamppi", "openingHours": [opening_hours],
        "address": {"@type": "PostalAddress", "streetAddress": "Testikatu 1", "addressLocality": "Helsinki",
                    "postalCode": "00100", "addressCountry": "FI"},
        "geo": {"@type": "GeoCoordinates", "latitude": 60.1690, "longitude": 24.9310},
    }]
