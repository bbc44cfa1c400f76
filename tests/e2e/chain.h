// A small chain as feeds: what the end-to-end tests import.
#pragma once

namespace silta::test {

inline constexpr const char* kStoresJson = R"json([
{"@type":"Store","branchCode":"FI-HEL-01","name":"Helsinki Kamppi","telephone":"+358 9 0000 0001",
 "address":{"@type":"PostalAddress","streetAddress":"Testikatu 1","addressLocality":"Helsinki","postalCode":"00100","addressCountry":"FI"},
 "geo":{"@type":"GeoCoordinates","latitude":60.1690,"longitude":24.9310},"openingHours":["Mo-Su 09:00-21:00"]},
{"@type":"Store","branchCode":"FI-TKU-01","name":"Turku","telephone":"+358 9 0000 0002",
 "address":{"@type":"PostalAddress","streetAddress":"Koekatu 2","addressLocality":"Turku","postalCode":"20100","addressCountry":"FI"},
 "geo":{"@type":"GeoCoordinates","latitude":60.4518,"longitude":22.2666},"openingHours":["Mo-Su 10:00-20:00"]},
{"@type":"Store","branchCode":"SE-STO-01","name":"Stockholm","telephone":"+46 8 000 00 03",
 "address":{"@type":"PostalAddress","streetAddress":"Provgatan 3","addressLocality":"Stockholm","postalCode":"111 20","addressCountry":"SE"},
 "geo":{"@type":"GeoCoordinates","latitude":59.3293,"longitude":18.0686},"openingHours":["Mo-Su 10:00-19:00"]}
])json";

inline constexpr const char* kProductsTsv =
    "id\ttitle\tdescription\tlink\tprice\tavailability\tgtin\tbrand\tproduct_type\tcolor\titem_group_id\n"
    "MUG-W\tStoneware mug 0.3 l\tA mug for long mornings\thttps://shop.example/mug\t12.95 EUR\tin_stock\t"
    "9521234543213\tKorpi\tKitchen > Mugs\twhite\tMUG\n"
    "MUG-G\tStoneware mug 0.3 l\tA mug for long mornings\thttps://shop.example/mug-g\t12.95 EUR\tin_stock\t"
    "9521000000018\tKorpi\tKitchen > Mugs\tgreen\tMUG\n"
    "LAMP\tDesk lamp Loiste\tWarm light for the desk\thttps://shop.example/lamp\t49.90 EUR\tin_stock\t"
    "9521000000025\tLoiste\tLighting > Desk lamps\tblack\t\n"
    "TENT\tTwo-person tent Tunturi\tLight and dry\thttps://shop.example/tent\t229.00 EUR\tin_stock\t"
    "9521000000032\tTunturi\tOutdoor > Tents\tred\t\n";

inline constexpr const char* kInventoryTsv =
    "store_code\tid\tquantity\tavailability\tinstore_product_location\n"
    "FI-HEL-01\tMUG-W\t12\tin_stock\tA12\n"
    "FI-TKU-01\tMUG-W\t2\tin_stock\tB3\n"
    "SE-STO-01\tMUG-W\t0\tout_of_stock\t\n"
    "FI-TKU-01\tLAMP\t7\tin_stock\tC1\n"
    "FI-HEL-01\tTENT\t3\tin_stock\tD4\n"
    "SE-STO-01\tTENT\t30\tin_stock\tD9\n";

} // namespace silta::test
