#include "view/control_server.h"

#include "core/json.h"
#include "view/item_tree.h"

#include <QImage>
#include <QMetaEnum>

namespace silta::kiosk {

namespace {

std::string pageName(KioskController::Page page) {
    return QMetaEnum::fromType<KioskController::Page>().valueToKey(page);
}

std::string failure(const Error& error) {
    return dumpJson({{"ok", false}, {"error", error.what}});
}

std::string outcome(const Result<void>& result) {
    return result ? dumpJson({{"ok", true}}) : failure(result.error());
}

Json textsOf(const QStringList& texts) {
    Json array = Json::array();
    for (const QString& text : texts)
        array.push_back(text.toStdString());
    return array;
}

} // namespace

ControlServer::ControlServer(KioskController& controller, QQuickWindow& window, QObject* parent)
    : QObject(parent), controller_(controller), window_(window), stopwatch_(*controller.search(), window) {
    connect(&server_, &QLocalServer::newConnection, this, [this] {
        while (QLocalSocket* socket = server_.nextPendingConnection()) {
            connect(socket, &QLocalSocket::readyRead, this, [this, socket] { read(socket); });
            connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        }
    });
}

Result<void> ControlServer::listen(const QString& path) {
    QLocalServer::removeServer(path);
    server_.setSocketOptions(QLocalServer::UserAccessOption);
    if (!server_.listen(path)) return Error{Errc::Io, "listen: " + server_.errorString().toStdString()};
    return {};
}

void ControlServer::read(QLocalSocket* socket) {
    while (socket->canReadLine()) {
        const QByteArray line = socket->readLine(kCommandBytesMax);
        socket->write(QByteArray::fromStdString(answer(QString::fromUtf8(line).chopped(1)) + "\n"));
    }
    if (socket->bytesAvailable() >= kCommandBytesMax)
        socket->abort(); // a line that never ends
    else
        socket->flush();
}

std::string ControlServer::answer(const QString& command) {
    const QString verb = command.section(QLatin1Char(' '), 0, 0);
    const QString rest = command.section(QLatin1Char(' '), 1);
    if (verb == QLatin1String("page"))
        return dumpJson({{"ok", true}, {"page", pageName(controller_.page())}});
    if (verb == QLatin1String("texts"))
        return dumpJson({{"ok", true}, {"texts", textsOf(visibleTexts(window_.contentItem()))}});
    if (verb == QLatin1String("state")) return state();
    if (verb == QLatin1String("tap")) return outcome(tapItem(&window_, rest));
    if (verb == QLatin1String("type"))
        return outcome(
            typeInto(&window_, rest.section(QLatin1Char(' '), 0, 0), rest.section(QLatin1Char(' '), 1)));
    if (verb == QLatin1String("time")) {
        stopwatch_.start();
        const auto typed =
            typeInto(&window_, rest.section(QLatin1Char(' '), 0, 0), rest.section(QLatin1Char(' '), 1));
        stopwatch_.expectAnswer();
        return outcome(typed);
    }
    if (verb == QLatin1String("times")) {
        Json times = {{"ok", true}};
        if (const auto ms = stopwatch_.first()) times["firstMs"] = *ms;
        if (const auto ms = stopwatch_.whole()) times["wholeMs"] = *ms;
        return dumpJson(times);
    }
    if (verb == QLatin1String("scan")) {
        controller_.scan({Symbology::Unknown, {}, rest.toStdString(), "control"});
        return dumpJson({{"ok", true}});
    }
    if (verb == QLatin1String("staff")) {
        controller_.openStaff();
        return dumpJson({{"ok", true}});
    }
    if (verb == QLatin1String("language")) {
        controller_.setLanguage(rest);
        return dumpJson({{"ok", true}, {"language", controller_.language().toStdString()}});
    }
    if (verb == QLatin1String("grab"))
        return window_.grabWindow().save(rest) ? dumpJson({{"ok", true}})
                                               : failure({Errc::Io, "grab: the file cannot be written"});
    return failure({Errc::Invalid, "control: unknown command"});
}

namespace {

Json searchOf(SearchView& search) {
    Json results = Json::array();
    for (const ProductRow& row : search.results()->rows())
        results.push_back({{"sku", row.sku.toStdString()},
                           {"title", row.title.toStdString()},
                           {"availability", row.availabilityKind.toStdString()}});
    const auto counts = [](const ChoiceModel& model) {
        Json object = Json::object();
        for (const ChoiceRow& row : model.rows())
            object[row.label.toStdString()] = row.cards;
        return object;
    };
    return {{"text", search.text().toStdString()},
            {"busy", search.busy()},
            {"total", search.total()},
            {"brands", counts(*search.brands())},
            {"colors", counts(*search.colors())},
            {"chosen", search.chosen()->count()},
            {"results", std::move(results)}};
}

Json staffOf(StaffView& staff) {
    Json health = Json::object();
    for (const HealthRow& row : staff.health()->rows())
        health[row.label.toStdString()] = row.value.toStdString();
    return {{"signedIn", staff.state() == StaffView::SignedIn},
            {"checking", staff.state() == StaffView::Checking},
            {"problem", staff.problem().toStdString()},
            {"name", staff.name().toStdString()},
            {"health", std::move(health)},
            {"summary", staff.summary().toStdString()},
            {"scanned", staff.scannedMeaning().toStdString()}};
}

} // namespace

std::string ControlServer::state() const {
    auto& product = *controller_.product();
    auto& wishlist = *controller_.wishlist();
    Json stores = Json::array();
    for (const StockRow& row : product.otherStores()->rows())
        stores.push_back({{"store", row.name.toStdString()},
                          {"availability", row.availabilityKind.toStdString()},
                          {"distance", row.distance.toStdString()},
                          {"opening", row.opening.toStdString()}});
    Json skus = Json::array();
    for (const ProductRow& row : wishlist.items()->rows())
        skus.push_back(row.sku.toStdString());
    return dumpJson({{"ok", true},
                     {"page", pageName(controller_.page())},
                     {"language", controller_.language().toStdString()},
                     {"session", controller_.session()},
                     {"catalogReady", controller_.catalogReady()},
                     {"edgeReachable", controller_.edgeReachable()},
                     {"enrolled", controller_.enrolled()},
                     {"banner", controller_.banner().toStdString()},
                     {"store", controller_.store()->name().toStdString()},
                     {"offers", controller_.store()->offers()->count()},
                     {"departments", controller_.store()->departments()->count()},
                     {"search", searchOf(*controller_.search())},
                     {"staff", staffOf(*controller_.staff())},
                     {"product",
                      {{"ready", product.ready()},
                       {"sku", product.sku().toStdString()},
                       {"gtin", product.gtin()},
                       {"title", product.title().toStdString()},
                       {"price", product.priceText().toStdString()},
                       {"here", product.hereKind().toStdString()},
                       {"aisle", product.aisle().toStdString()},
                       {"stores", std::move(stores)}}},
                     {"wishlistId", wishlist.id()},
                     {"wishlistCount", wishlist.count()},
                     {"wishlistItems", std::move(skus)},
                     {"wishlistUrl", wishlist.url().toStdString()},
                     {"wishlistBusy", wishlist.busy()},
                     {"orderNumber", controller_.orderView()->numberText().toStdString()},
                     {"orderTitle", controller_.orderView()->title().toStdString()},
                     {"joinOpen", controller_.signUp()->open()},
                     {"memberNumber", controller_.signUp()->memberNumber().toStdString()},
                     {"scanned", controller_.scannedText().toStdString()},
                     {"notice", controller_.notice().toStdString()},
                     {"idleWarning", controller_.idle()->warning()}});
}

} // namespace silta::kiosk
