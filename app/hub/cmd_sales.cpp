#include "hub/cmd_sales.h"

#include "hub/session.h"

#include <fmt/format.h>

namespace silta::hub {

namespace {

constexpr int kSalesShown = 200;

void printSale(const SaleRow& row, bool asJson) {
    const auto& sale = row.sale;
    if (!asJson)
        return fmt::print("{}  {}  {:<12}  {:<24}  {} lines  {} {}  {} points{}\n", row.id, sale.atMs,
                          row.storeCode, sale.receipt, sale.lines.size(), sale.totalMinor,
                          sale.currency.code(), row.points, row.member.empty() ? ", nobody's" : "");
    auto json = toJson(sale);
    json["id"] = row.id;
    json["device"] = row.device;
    json["store"] = row.storeCode;
    json["receivedMs"] = row.receivedMs;
    json["points"] = row.points;
    json["member"] = row.member;
    printLine(json);
}

} // namespace

int runSales(std::span<const std::string> args) {
    auto session = openSession(args, {"--receipt"});
    if (!session) return printFailure(session.error());
    const auto& options = (*session)->options;
    auto rows = (*session)->store->salesBy(options.value("--receipt"), kSalesShown);
    if (!rows) return printFailure(rows.error());
    for (const auto& row : *rows)
        printSale(row, options.has("--json"));
    return 0;
}

} // namespace silta::hub
