// Reviews: who is asked and who is not, what the page takes, what of it gets to the catalogue, on both
// stores.
#include "guest_samples.h"
#include "hub/cmd_reviews.h"
#include "hub/feed_reviews.h"
#include "hub/hub_api.h"
#include "hub/sms_sender.h"
#include "support/both_stores.h"
#include "support/clocks.h"
#include "sync/hub_client.h"
#include "web/form_body.h"

#include <silta/uuid.h>

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <cctype>
#include <mutex>

using namespace silta;
using namespace silta::hub;

namespace {

constexpr const char* kCard = "9246000010000011";
constexpr const char* kPhone = "+358401234567";
constexpr const char* kScript = "\"><script>alert('x')</script>";
constexpr std::int64_t kDayMs = 86'400'000;
constexpr int kDays = 5;
constexpr int kDeadlineMs = 20'000;

/// What was sent, told from the queue's thread.
struct Sent {
    std::mutex mutex;
    std::vector<std::pair<std::string, std::string>> messages; ///< to whom, what
};

class RecordingSms final : public SmsSender {
public:
    explicit RecordingSms(Sent& sent) : sent_(sent) {}
    Result<void> send(const std::string& phone, const std::string& text) override {
        const std::lock_guard lock(sent_.mutex);
        sent_.messages.emplace_back(phone, text);
        return {};
    }

private:
    Sent& sent_;
};

struct Feed final : ReviewSink {
    std::vector<FeedReview> reviews;
    int bad = 0;
    bool onReview(FeedReview& review) override {
        reviews.push_back(review);
        return true;
    }
    void onBadReview(std::int64_t, const RowFault&) override { ++bad; }
};

class Text final : public ByteSource {
public:
    explicit Text(std::string text) : text_(std::move(text)) {}
    Result<std::size_t> read(std::span<char> block) override {
        const auto n = std::min(block.size(), text_.size() - at_);
        std::copy_n(text_.begin() + static_cast<std::ptrdiff_t>(at_), n, block.begin());
        at_ += n;
        return n;
    }

private:
    std::string text_;
    std::size_t at_ = 0;
};

/// A device's line to the routes of a hub in this process.
class Wire final : public HttpTransport {
public:
    explicit Wire(HubApi& api) : api_(api) {}
    Result<HttpReply> send(const HttpCall& call) override {
        HttpRequest request;
        request.method = call.method;
        request.path = request.target = call.url.substr(std::string_view("http://hub").size());
        for (const auto& header : call.headers) {
            auto name = header.name;
            std::ranges::transform(name, name.begin(),
                                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
            request.headers[name] = header.value;
        }
        request.body = call.body;
        HttpReply reply;
        for (const auto& route : api_.routes()) {
            if (route.method != request.method || route.path != request.path) continue;
            const auto response = route.handler(request);
            reply.status = response.status;
            reply.body = response.body;
            for (const auto& header : response.headers)
                reply.headers[header.name == kNonceHeader ? "silta-nonce" : header.name] = header.value;
        }
        return reply;
    }

private:
    HubApi& api_;
};

Feed readBack(const std::vector<ReviewRow>& rows) {
    Feed feed;
    Text source(reviewFeed(rows));
    const auto end = readReviews(source, feed);
    if (!end || end->how != FeedEnd::How::Whole) ++feed.bad;
    return feed;
}

} // namespace

class TestReviews : public QObject {
    Q_OBJECT

    test::PostgresServer* postgres_; ///< null = SQLite
    std::unique_ptr<QTemporaryDir> folder_;
    test::FakeClock clock_;
    test::SeededRandom random_{53};
    HubKeys keys_;
    Sent sent_;
    std::unique_ptr<OperationStore> store_;
    std::unique_ptr<SmsQueue> sms_;
    std::unique_ptr<StorePool> pool_;
    std::unique_ptr<HubApi> api_;
    KeyPair deviceKeys_ = makeSigningKeys();
    DeviceRow till_;
    std::int64_t seq_ = 0;

    std::string uuid() {
        ++clock_.now;
        return makeUuid(clock_, random_);
    }
    VerdictKind send(const std::string& entity, const std::string& type, const Json& data) {
        Operation operation;
        operation.id = uuid();
        operation.device = till_.id;
        operation.incarnation = "inc-1";
        operation.seq = ++seq_;
        operation.hlc = Hlc::make(clock_.now, 0);
        operation.entity = entity;
        operation.type = type;
        operation.data = data;
        const auto reply = store_->receive(till_, operation.incarnation, toLine(operation) + "\n");
        return reply && reply->verdicts.size() == 1 ? reply->verdicts[0].kind : VerdictKind::Unknown;
    }
    void signUp(bool saysYes = true, const char* phone = kPhone, const char* number = kCard) {
        const auto id = uuid();
        Json consents = Json::array();
        const auto consent = [&consents](const char* purpose, const char* channel, bool granted) {
            consents.push_back({{"purpose", purpose},
                                {"channel", channel},
                                {"granted", granted},
                                {"wordingHash", std::string(64, 'c')},
                                {"lang", "fi"}});
        };
        consent("membership-terms", "any", true);
        consent("marketing", "email", true);
        consent("marketing", "sms", saysYes);
        const Json person = {{"name", "Aino"}, {"email", "aino@example.com"}, {"phone", phone}};
        QCOMPARE(send("member/" + id, "member.signup",
                      {{"memberId", id},
                       {"number", number},
                       {"sealed", test::sealedFor(keys_.seal, person)},
                       {"lang", "fi"},
                       {"wishlistId", ""},
                       {"consents", consents}}),
                 VerdictKind::Ok);
    }
    void buy(const std::vector<std::string>& skus, const std::string& member = kCard,
             std::int64_t quantity = 1) {
        const auto id = uuid();
        Json told = {
            {"receipt", "R" + id}, {"pos", "POS-1"},
            {"atMs", clock_.now},  {"currency", "EUR"},
            {"totalMinor", 1'000}, {"lines", {{{"text", "Pantti"}, {"quantity", 1}, {"totalMinor", 40}}}}};
        if (!member.empty()) told["member"] = member;
        for (const auto& sku : skus)
            told["lines"].push_back({{"sku", sku}, {"quantity", quantity}, {"totalMinor", 500}});
        QCOMPARE(
            send("sale/" + id, "sale.record", {{"id", id}, {"sealed", test::sealedFor(keys_.seal, told)}}),
            VerdictKind::Ok);
    }
    /// What is sent at this moment.
    std::vector<ReviewCall> invite() {
        std::vector<ReviewCall> calls;
        const auto isSold = [](const std::string& sku) { return sku.starts_with("SKU-"); };
        const auto done = store_->changeReviews([&](ReviewRegistry& reviews) -> Result<void> {
            auto made = reviews.invite(kDays, isSold);
            if (!made) return made.error();
            calls = *made;
            return {};
        });
        if (!done) calls.push_back({"?", "?", done.error().what});
        return calls;
    }
    std::string invitedTo(const std::vector<std::string>& skus) {
        signUp();
        invite(); // the hub has been running
        buy(skus);
        clock_.now += kDays * kDayMs;
        const auto calls = invite();
        return calls.size() == 1 ? calls[0].key : std::string();
    }
    HttpResponse ask(const char* method, const std::string& key, const std::string& body = {},
                     const char* lang = "en") {
        HttpRequest request;
        request.method = method;
        request.path = request.target = "/r/" + key;
        request.headers["accept-language"] = lang;
        request.body = body;
        for (const auto& route : api_->routes())
            if (route.method == method && route.path == "/r/*") return route.handler(request);
        return {};
    }
    static bool says(const HttpResponse& response, const char* words) {
        return response.body.find(words) != std::string::npos;
    }
    std::vector<ReviewRow> reviews(std::optional<ReviewState> state = std::nullopt) {
        return store_->reviews().list(state).value_or(std::vector<ReviewRow>{});
    }

public:
    explicit TestReviews(test::PostgresServer* postgres) : postgres_(postgres) {}

private slots:
    void init() {
        api_.reset();
        pool_.reset();
        sms_.reset();
        store_.reset();
        sent_.messages.clear();
        seq_ = 0;
        // On a disk each of a hundred commits would be waited for.
        folder_ = std::make_unique<QTemporaryDir>(QFile::exists("/dev/shm") ? "/dev/shm/silta-reviews-XXXXXX"
                                                                            : QString());
        keys_ = *loadOrMakeHubKeys((folder_->path() + "/keys").toStdString());
        const auto where =
            postgres_ != nullptr ? postgres_->makeDatabase() : (folder_->path() + "/hub.db").toStdString();
        auto store = OperationStore::open(where, keys_, clock_, random_);
        QVERIFY2(store.has_value(), store ? "" : store.error().what.c_str());
        store_ = std::move(*store);
        pool_ = std::make_unique<StorePool>(*store_);
        sms_ = std::make_unique<SmsQueue>(std::make_unique<RecordingSms>(sent_));
        HubOptions options;
        options.chainName = "Silta & Co";
        options.publicUrl = "https://hub.example";
        options.sms = sms_.get();
        options.reviewDays = kDays;
        api_ = std::make_unique<HubApi>(
            *pool_, keys_, options,
            [](const std::string& sku) -> std::optional<ProductRecord> {
                if (!sku.starts_with("SKU-")) return std::nullopt;
                ProductRecord product;
                product.sku = sku;
                product.brand = "<Aalto>";
                product.texts.push_back({"en", "Mug <" + sku + ">", {}, {}, {}, {}});
                product.texts.push_back({"fi", "Muki " + sku, {}, {}, {}, {}});
                return product;
            },
            [](const std::string&) { return std::nullopt; }, clock_, random_);
        till_ = *store_->devices().enrol(*store_->devices().makeEnrolCode("FI-HEL-01", 24),
                                         "0190f3a0-7c1e-7000-8000-000000000001", deviceKeys_.publicKey);
    }

    void asksOnceAfterTheDays() {
        signUp();
        QVERIFY(invite().empty());
        buy({"SKU-1", "OTHER", "SKU-1", "SKU-2", "SKU-3", "SKU-4"});
        clock_.now += kDays * kDayMs - 1'000;
        QVERIFY(invite().empty());
        clock_.now += 2'000;
        const auto calls = invite();
        QCOMPARE(calls.size(), std::size_t(1));
        QCOMPARE(QString::fromStdString(calls[0].phone), QString(kPhone));
        QCOMPARE(QString::fromStdString(calls[0].lang), QString("fi"));
        const auto invitation = store_->reviews().find(calls[0].key);
        QVERIFY(invitation);
        QCOMPARE(invitation->skus, (std::vector<std::string>{"SKU-1", "SKU-2", "SKU-3"}));
        QVERIFY(invite().empty());
    }

    void asksNobodyWhoDidNotSayYes_data() {
        QTest::addColumn<bool>("saysYes");
        QTest::addColumn<QString>("phone");
        QTest::addColumn<QString>("member");
        QTest::addColumn<QString>("sku");
        QTest::addColumn<int>("quantity");
        QTest::addColumn<int>("asked");
        QTest::newRow("said yes") << true << kPhone << kCard << "SKU-1" << 1 << 1;
        QTest::newRow("said no to text messages") << false << kPhone << kCard << "SKU-1" << 1 << 0;
        QTest::newRow("has no phone") << true << "" << kCard << "SKU-1" << 1 << 0;
        QTest::newRow("showed no card") << true << kPhone << ""
                                        << "SKU-1" << 1 << 0;
        QTest::newRow("another's card") << true << kPhone << "9246000010000029"
                                        << "SKU-1" << 1 << 0;
        QTest::newRow("bought what is not sold") << true << kPhone << kCard << "OTHER" << 1 << 0;
        QTest::newRow("brought it back") << true << kPhone << kCard << "SKU-1" << -1 << 0;
    }
    void asksNobodyWhoDidNotSayYes() {
        QFETCH(bool, saysYes);
        QFETCH(QString, phone);
        QFETCH(QString, member);
        QFETCH(QString, sku);
        QFETCH(int, quantity);
        QFETCH(int, asked);
        signUp(saysYes, phone.toUtf8().constData());
        buy({sku.toStdString()}, member.toStdString(), quantity);
        clock_.now += kDays * kDayMs;
        QCOMPARE(invite().size(), std::size_t(asked));
    }

    void asksNobodyWhoTookTheirYesBack() {
        signUp();
        buy({"SKU-1"});
        signUp(false, kPhone, "9246000010000029"); // the same person, later
        clock_.now += kDays * kDayMs;
        QVERIFY(invite().empty());
    }

    void asksAMemberSeldom() {
        QVERIFY(!invitedTo({"SKU-1"}).empty());
        buy({"SKU-2"});
        clock_.now += kDays * kDayMs;
        QVERIFY(invite().empty()); // ten days after the first
        buy({"SKU-3"});
        clock_.now += kReviewQuietMs;
        QCOMPARE(invite().size(), std::size_t(1));
    }

    void asksNothingOfWhatIsOld() {
        signUp();
        buy({"SKU-1"});
        clock_.now += (kDays + 2) * kDayMs; // the hub did not ask then
        QVERIFY(invite().empty());
    }

    /// By a push of any device, and once a minute.
    void sendsTheLink() {
        signUp();
        QVERIFY(invite().empty());
        buy({"SKU-1"});
        clock_.now += kDays * kDayMs;
        Wire wire(*api_);
        HubClient client(wire, {"http://hub", {}, till_.id}, deviceKeys_);
        const auto pushed = client.signedCall("POST", "/v1/ops", "\n", "inc-1");
        QVERIFY2(pushed.has_value(), pushed ? "" : pushed.error().what.c_str());
        const auto messages = [this] {
            const std::lock_guard lock(sent_.mutex);
            return sent_.messages;
        };
        QTRY_COMPARE_WITH_TIMEOUT(messages().size(), std::size_t(1), kDeadlineMs);
        QCOMPARE(QString::fromStdString(messages()[0].first), QString(kPhone));
        const auto text = messages()[0].second;
        QVERIFY2(text.find("Silta & Co: mit\u00e4 pidit") == 0, text.c_str());
        const auto at = text.find("https://hub.example/r/");
        QVERIFY2(at != std::string::npos, text.c_str());
        const auto key = text.substr(at + std::string_view("https://hub.example/r/").size());
        QCOMPARE(ask("GET", key).status, 200);
        QVERIFY(client.signedCall("POST", "/v1/ops", "\n", "inc-1"));
        QVERIFY(invite().empty());
    }

    void takesAReviewOnce() {
        const auto key = invitedTo({"SKU-1", "SKU-2"});
        QVERIFY(!key.empty());
        const auto form = ask("GET", key, {}, "fi");
        QCOMPARE(form.status, 200);
        QVERIFY(says(form, "<html lang=fi>"));
        QVERIFY(says(form, "Muki SKU-1"));
        QVERIFY(says(ask("GET", key), "Mug &lt;SKU-2&gt;"));
        QVERIFY(says(form, "&lt;Aalto&gt;"));
        const auto done = ask(
            "POST", key, "lang=sv&stars_0=4&text_0=" + percentEncode("Bra\r\nkopp") + "&stars_1=&text_1=");
        QCOMPARE(done.status, 200);
        QVERIFY(says(done, "Tack"));
        QCOMPARE(ask("POST", key, "lang=sv&stars_0=1").status, 410);
        QCOMPARE(ask("GET", key).status, 410);
        QVERIFY(says(ask("GET", key), "You have answered already"));
        const auto rows = reviews();
        QCOMPARE(rows.size(), std::size_t(1));
        QCOMPARE(QString::fromStdString(rows[0].sku), QString("SKU-1"));
        QCOMPARE(rows[0].stars, 4);
        QCOMPARE(QString::fromStdString(rows[0].text), QString("Bra  kopp"));
        QCOMPARE(QString::fromStdString(rows[0].lang), QString("sv"));
        QVERIFY(rows[0].state == ReviewState::Waiting);
    }

    void asksNobodyTwiceOfOneThing() {
        const auto key = invitedTo({"SKU-1"});
        QCOMPARE(ask("POST", key, "stars_0=5").status, 200);
        buy({"SKU-1"});
        clock_.now += kReviewQuietMs + kDayMs / 2;
        QVERIFY(invite().empty());
    }

    void endsAfterThirtyDays() {
        const auto key = invitedTo({"SKU-1"});
        clock_.now += kReviewLifeMs - 1'000;
        QCOMPARE(ask("GET", key).status, 200);
        clock_.now += 2'000;
        QCOMPARE(ask("GET", key).status, 410);
        QCOMPARE(ask("POST", key, "stars_0=5").status, 410);
        QVERIFY(reviews().empty());
    }

    void knowsNoOtherLinks() {
        for (const auto* key : {"", "x", "../../etc/passwd", "00000000000000000000000000000000"}) {
            QCOMPARE(ask("GET", key).status, 404);
            QCOMPARE(ask("POST", key, "stars_0=5").status, 404);
        }
    }

    void saysWhatIsMissing() {
        const auto key = invitedTo({"SKU-1", "SKU-2"});
        const std::pair<std::string, const char*> kWrong[] = {
            {"lang=en", "Choose one to five stars"},
            {"stars_0=0", "Choose one to five stars"},
            {"stars_0=6", "Choose one to five stars"},
            {"stars_0=5&text_1=Words+alone", "Choose one to five stars"},
            {"stars_0=5&text_0=" + std::string(kReviewWrittenCharactersMax + 1, 'x'), "too long"}};
        for (const auto& [body, words] : kWrong) {
            const auto response = ask("POST", key, body);
            QCOMPARE(response.status, 422);
            QVERIFY2(says(response, words), response.body.c_str());
            QVERIFY(reviews().empty());
        }
        QCOMPARE(ask("POST", key, "stars_0=5").status, 200); // it is not used up by that
    }

    void takesTheLongestText() {
        const auto key = invitedTo({"SKU-1", "SKU-2", "SKU-3"});
        std::string text;
        for (std::size_t i = 0; i < kReviewWrittenCharactersMax; ++i)
            text += "\U0001F642";
        const auto field = percentEncode(text);
        QCOMPARE(
            ask("POST", key,
                "stars_0=5&stars_1=5&stars_2=5&text_0=" + field + "&text_1=" + field + "&text_2=" + field)
                .status,
            200);
        QCOMPARE(reviews().size(), kReviewedProductsMax);
        QVERIFY(reviews()[0].text == text);
    }

    void limitsWhatIsSent() {
        const auto key = invitedTo({"SKU-1"});
        const std::string much(1U << 20U, 'x');
        for (const auto* field : {"stars_0=", "text_0=", "lang=", "other="}) {
            const auto response = ask("POST", key, field + much);
            QCOMPARE(response.status, 400);
            QVERIFY(response.body.size() < 20'000);
        }
        QVERIFY(reviews().empty());
    }

    void showsNoScriptOfAnybody() {
        const auto key = invitedTo({"SKU-1"});
        const auto script = percentEncode(kScript);
        for (const auto* field : {"stars_0", "text_0", "lang"}) {
            const auto response = ask("POST", key, std::string(field) + "=" + script);
            QCOMPARE(response.status, 422);
            QVERIFY2(!says(response, "<script"), field);
        }
        const auto form = ask("GET", key);
        std::string policy;
        for (const auto& header : form.headers) {
            if (header.name == "Content-Security-Policy") policy = header.value;
            QVERIFY(header.name != "Set-Cookie");
        }
        QVERIFY2(policy.find("default-src 'none'") == 0, policy.c_str());
        QVERIFY(policy.find("unsafe") == std::string::npos);
    }

    /// Only what headquarters approved, and all of it can be read back.
    void feedsWhatIsApproved() {
        const auto key = invitedTo({"SKU-1", "SKU-2", "SKU-3"});
        const std::string text = std::string(kScript) + " & \xEF\xBF\xBF]]>";
        QCOMPARE(ask("POST", key, "stars_0=5&stars_1=2&stars_2=3&text_0=" + percentEncode(text)).status, 200);
        QVERIFY(reviews(ReviewState::Approved).empty());
        for (const auto& row : reviews()) {
            if (row.sku == "SKU-3") continue;
            const auto state = row.sku == "SKU-1" ? ReviewState::Approved : ReviewState::Refused;
            QVERIFY(store_->changeReviews([&](ReviewRegistry& r) { return r.judge(row.id, state); }));
        }
        const auto none = store_->changeReviews(
            [&](ReviewRegistry& r) { return r.judge("nobody's", ReviewState::Approved); });
        QVERIFY(!none && none.error().code == Errc::NotFound);
        QCOMPARE(reviews(ReviewState::Waiting).size(), std::size_t(1));
        const auto feed = readBack(reviews(ReviewState::Approved));
        QCOMPARE(feed.bad, 0);
        QCOMPARE(feed.reviews.size(), std::size_t(1));
        const auto& review = feed.reviews[0];
        QCOMPARE(review.skus, std::vector<std::string>{"SKU-1"});
        QCOMPARE(review.stars, 5);
        QCOMPARE(QString::fromStdString(review.text), QString(kScript) + " & ]]>");
        QCOMPARE(QString::fromStdString(review.lang), QString("en"));
        QCOMPARE(review.at / 1'000, reviews()[0].atMs / 1'000);
    }

    void goesWithItsMember() {
        const auto key = invitedTo({"SKU-1"});
        QCOMPARE(ask("POST", key, "stars_0=5").status, 200);
        buy({"SKU-2"});
        QVERIFY(store_->eraseMember(kCard));
        QVERIFY(reviews().empty());
        QCOMPARE(ask("GET", key).status, 404);
        clock_.now += kReviewQuietMs + kDayMs;
        QVERIFY(invite().empty());
    }

    void keepsTextsEncrypted() {
        const auto key = invitedTo({"SKU-1"});
        QCOMPARE(ask("POST", key, "stars_0=5&text_0=PlantedReviewText").status, 200);
        if (postgres_ != nullptr) return; // its files are the server's
        for (const auto* name : {"hub.db", "hub.db-wal"}) {
            QFile file(folder_->path() + "/" + name);
            if (!file.open(QIODevice::ReadOnly)) continue;
            const auto bytes = file.readAll();
            QVERIFY2(!bytes.contains("PlantedReviewText"), name);
            QVERIFY2(!bytes.contains(QByteArray::fromStdString(key)), name);
        }
    }
};

int main(int argc, char** argv) {
    return test::runOnBothStores<TestReviews>(argc, argv);
}
#include "tst_reviews.moc"
