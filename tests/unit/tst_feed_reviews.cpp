#include "hub/feed_reviews.h"
#include "unit/hub_fixture.h"

using namespace silta;
using namespace silta::test;

namespace {

class ReviewKeeper final : public ReviewSink {
public:
    bool onReview(FeedReview& review) override {
        reviews.push_back(review);
        return true;
    }
    void onBadReview(std::int64_t line, const RowFault& fault) override {
        bad.push_back({line, fault.field, fault.excerpt, fault.reason, {}});
    }
    std::vector<FeedReview> reviews;
    std::vector<RememberedBad> bad;
};

Result<FeedEnd> readText(std::string_view text, ReviewKeeper& sink) {
    const auto source = memoryFeed(text);
    return readReviews(*source, sink);
}

std::string feedOf(const std::string& reviews) {
    return "<?xml version=\"1.0\"?><feed xmlns:vc=\"http://www.w3.org/2007/XMLSchema-versioning\">\n"
           "<version>2.3</version><publisher><name>Shop</name></publisher><reviews>\n" +
           reviews + "</reviews></feed>";
}

std::string reviewOf(const std::string& overall, const std::string& more = {}) {
    return "<review><review_id>7</review_id><reviewer><name>Secret Name</name></reviewer>"
           "<review_timestamp>2026-03-04T05:06:07Z</review_timestamp><title>Good</title><content>Very &amp; "
           "so</content>"
           "<ratings>" +
           overall +
           "</ratings><products><product><product_ids><gtins><gtin>6408430011261</gtin></gtins>"
           "<skus><sku>A</sku><sku>B</sku></skus></product_ids><product_name>Cup</product_name></product></"
           "products>" +
           more + "</review>\n";
}

} // namespace

class FeedReviewsTest : public QObject {
    Q_OBJECT
private slots:
    void readsAReview();
    void bringsScalesToFiveStars_data();
    void bringsScalesToFiveStars();
    void refusesAReview_data();
    void refusesAReview();
    void passesOverSpam();
    void shortensLongTexts();
    void namesACut();
    void refusesOtherFiles();
};

void FeedReviewsTest::readsAReview() {
    ReviewKeeper sink;
    const auto end = readText(feedOf(reviewOf("<overall min=\"1\" max=\"5\">4</overall>")), sink);
    QVERIFY(end && end->how == FeedEnd::How::Whole);
    QVERIFY(sink.bad.empty());
    QCOMPARE(sink.reviews.size(), std::size_t{1});
    const auto& review = sink.reviews[0];
    QCOMPARE(review.id, std::string("7"));
    QCOMPARE(review.stars, 4);
    QCOMPARE(review.date, std::string("2026-03-04"));
    QCOMPARE(review.at, *parseMoment("2026-03-04T05:06:07Z", false));
    QCOMPARE(review.title, std::string("Good"));
    QCOMPARE(review.text, std::string("Very & so"));
    QCOMPARE(review.skus, (std::vector<std::string>{"A", "B"}));
    QCOMPARE(review.gtins, (std::vector<std::string>{"6408430011261"}));
    QCOMPARE(review.line, std::int64_t{3});
}

void FeedReviewsTest::bringsScalesToFiveStars_data() {
    QTest::addColumn<QString>("overall");
    QTest::addColumn<int>("stars"); // 0: refused
    QTest::newRow("no scale") << "<overall>5</overall>" << 5;
    QTest::newRow("of ten") << "<overall min=\"0\" max=\"10\">10</overall>" << 5;
    QTest::newRow("half of ten") << "<overall min=\"0\" max=\"10\">5</overall>" << 3;
    QTest::newRow("fraction") << "<overall min=\"1\" max=\"5\">3.6</overall>" << 4;
    QTest::newRow("above") << "<overall min=\"1\" max=\"5\">6</overall>" << 0;
    QTest::newRow("scale backwards") << "<overall min=\"5\" max=\"1\">3</overall>" << 0;
    QTest::newRow("nothing") << "<overall min=\"1\" max=\"5\"/>" << 0;
    QTest::newRow("words") << "<overall>good</overall>" << 0;
    QTest::newRow("nan") << "<overall>nan</overall>" << 0;
    QTest::newRow("other rating") << "<comfort>4</comfort>" << 0;
}

void FeedReviewsTest::bringsScalesToFiveStars() {
    QFETCH(QString, overall);
    QFETCH(int, stars);
    ReviewKeeper sink;
    QVERIFY(readText(feedOf(reviewOf(overall.toStdString())), sink));
    QCOMPARE(sink.reviews.empty() ? 0 : sink.reviews[0].stars, stars);
    QCOMPARE(sink.bad.empty(), stars != 0);
}

void FeedReviewsTest::refusesAReview_data() {
    QTest::addColumn<QString>("gone");
    QTest::addColumn<QString>("field");
    QTest::newRow("time") << "2026-03-04T05:06:07Z"
                          << "review_timestamp";
    QTest::newRow("products") << "products"
                              << "products";
}

void FeedReviewsTest::refusesAReview() {
    QFETCH(QString, gone);
    QFETCH(QString, field);
    auto text = QString::fromStdString(reviewOf("<overall>4</overall>")).replace(gone, "x");
    ReviewKeeper sink;
    QVERIFY(readText(feedOf(text.toStdString()), sink));
    if (field == "products") { // renamed elements hold no ids that we know, except by their own names
        QCOMPARE(sink.reviews.size() + sink.bad.size(), std::size_t{1});
        return;
    }
    QCOMPARE(sink.bad.size(), std::size_t{1});
    QCOMPARE(sink.bad[0].field, field.toStdString());
}

void FeedReviewsTest::passesOverSpam() {
    ReviewKeeper sink;
    QVERIFY(readText(feedOf(reviewOf("<overall>4</overall>", "<is_spam>true</is_spam>")), sink));
    QVERIFY(sink.reviews.empty() && sink.bad.empty());
}

void FeedReviewsTest::shortensLongTexts() {
    auto text = reviewOf("<overall>4</overall>");
    std::string longText;
    for (int i = 0; i < 3000; ++i)
        longText += "ä";
    text.replace(text.find("Very"), 4, longText);
    ReviewKeeper sink;
    QVERIFY(readText(feedOf(text), sink));
    QCOMPARE(sink.reviews[0].text.size(), 2 * kReviewTextCharactersMax);
}

void FeedReviewsTest::namesACut() {
    const auto whole = feedOf(reviewOf("<overall>4</overall>") + reviewOf("<overall>5</overall>"));
    ReviewKeeper sink;
    const auto end = readText(std::string_view(whole).substr(0, whole.size() - 60), sink);
    QVERIFY(end && end->how == FeedEnd::How::Cut);
    QCOMPARE(sink.reviews.size(), std::size_t{1});
    QCOMPARE(end->line, std::int64_t{4});
}

void FeedReviewsTest::refusesOtherFiles() {
    ReviewKeeper sink;
    QVERIFY(!readText("<rss/>", sink));
    QVERIFY(!readText("id\ttitle\n", sink));
    QVERIFY(!readText("", sink));
}

QTEST_GUILESS_MAIN(FeedReviewsTest)
#include "tst_feed_reviews.moc"
