#include "unit/hub_fixture.h"

#include <silta/crypto.h>

#include <sys/stat.h>

#include <filesystem>

using namespace silta;
using namespace silta::test;

class FeedPictureTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void followsLinks_data();
    void followsLinks();
    void boundsTheSize();
    void storesByContent();
    void refusesNamesThatAreNone();

private:
    HubFolder folder_;
    std::string feeds_;
};

namespace {
const std::string kJpeg = "\xFF\xD8\xFF\xE0 jpeg";
const std::string kPng = "\x89PNG\r\n\x1A\n png";
const std::string kWebp = "RIFF\x04\x03\x02\x01WEBP webp";
} // namespace

void FeedPictureTest::initTestCase() {
    namespace fs = std::filesystem;
    fs::create_directories(folder_.path("feeds/images"));
    fs::create_directories(folder_.path("feeds-secret"));
    folder_.write("feeds/images/a b.jpg", kJpeg);
    folder_.write("feeds/b.png", kPng);
    folder_.write("feeds/c.webp", kWebp);
    folder_.write("feeds/d.jpg", "GIF89a");
    folder_.write("feeds/empty.jpg", "");
    folder_.write("outside.jpg", kJpeg);
    folder_.write("feeds-secret/e.jpg", kJpeg);
    fs::create_symlink("../outside.jpg", folder_.path("feeds/out.jpg"));
    fs::create_symlink("..", folder_.path("feeds/up"));
    fs::create_symlink("images/a b.jpg", folder_.path("feeds/in.jpg"));
    fs::create_symlink("loop.jpg", folder_.path("feeds/loop.jpg"));
    QCOMPARE(::mkfifo(folder_.path("feeds/pipe.jpg").c_str(), 0600), 0);
    feeds_ = fs::canonical(folder_.path("feeds")).string();
}

void FeedPictureTest::followsLinks_data() {
    using Kind = PictureLink::Kind;
    QTest::addColumn<QString>("link");
    QTest::addColumn<int>("kind");
    const auto row = [](const char* name, const QString& link, Kind kind) {
        QTest::newRow(name) << link << int(kind);
    };
    row("none", "", Kind::None);
    row("http", "http://shop.example/a.jpg", Kind::Remote);
    row("https", "HTTPS://shop.example/a.jpg", Kind::Remote);
    row("relative", "images/a b.jpg", Kind::Local);
    row("relative with a dot", "./b.png", Kind::Local);
    row("webp", "c.webp", Kind::Local);
    row("link that stays inside", "in.jpg", Kind::Local);
    row("file url", "file://@/images/a%20b.jpg", Kind::Local);
    row("file url with a host", "file://localhost@/b.png", Kind::Local);
    row("file url outside", "file:///etc/passwd", Kind::Refused);
    row("file url with dots", "file://@/../outside.jpg", Kind::Refused);
    row("file url with hidden dots", "file://@/%2e%2e/outside.jpg", Kind::Refused);
    row("file url with a zero", "file://@/b.png%00", Kind::Refused);
    row("file url, broken percent", "file://@/b.png%2", Kind::Refused);
    row("file url, relative", "file:b.png", Kind::Refused);
    row("dots", "../outside.jpg", Kind::Refused);
    row("dots inside", "images/../b.png", Kind::Refused);
    row("absolute", "/etc/passwd", Kind::Refused);
    row("folder with the same beginning", "file://@-secret/e.jpg", Kind::Refused);
    row("link that leaves", "out.jpg", Kind::Refused);
    row("folder link that leaves", "up/outside.jpg", Kind::Refused);
    row("loop", "loop.jpg", Kind::Refused);
    row("missing", "nowhere.jpg", Kind::Refused);
    row("folder", "images", Kind::Refused);
    row("the feed's folder", ".", Kind::Refused);
    row("pipe", "pipe.jpg", Kind::Refused);
    row("gif", "d.jpg", Kind::Refused);
    row("empty", "empty.jpg", Kind::Refused);
    row("data url", "data:image/png;base64,AAAA", Kind::Refused);
    row("ftp", "ftp://shop.example/a.jpg", Kind::Refused);
}

void FeedPictureTest::followsLinks() {
    QFETCH(QString, link);
    QFETCH(int, kind);
    const auto picture = readPicture(feeds_, link.replace('@', feeds_.c_str()).toStdString());
    QVERIFY2(int(picture.kind) == kind, picture.reason.c_str());
    QCOMPARE(!picture.reason.empty(), picture.kind == PictureLink::Kind::Refused);
    QCOMPARE(!picture.bytes.empty(), picture.kind == PictureLink::Kind::Local);
}

void FeedPictureTest::boundsTheSize() {
    auto bytes = kJpeg;
    bytes.resize(kPictureFileBytesMax, 'x');
    folder_.write("feeds/large.jpg", bytes);
    QVERIFY(readPicture(feeds_, "large.jpg").kind == PictureLink::Kind::Local);
    folder_.write("feeds/large.jpg", bytes + "x");
    QVERIFY(readPicture(feeds_, "large.jpg").kind == PictureLink::Kind::Refused);
}

void FeedPictureTest::storesByContent() {
    auto store = MediaStore::open(folder_.path("files"));
    QVERIFY(store);
    const auto name = store->put(kPng);
    QVERIFY(name);
    QCOMPARE(*name, sha256Hex(kPng));
    QVERIFY(store->has(*name));
    QCOMPARE(store->pathOf(*name), folder_.path("files") + "/" + name->substr(0, 2) + "/" + *name);
    QCOMPARE(folder_.read("files/" + name->substr(0, 2) + "/" + *name), kPng);
    QCOMPARE(*store->put(kPng), *name);
    folder_.write("files/tmp-broken", "half");
    QVERIFY(MediaStore::open(folder_.path("files"))); // another process may be writing it
    QVERIFY(std::filesystem::exists(folder_.path("files/tmp-broken")));
    store->clearTemporaries();
    QVERIFY(!std::filesystem::exists(folder_.path("files/tmp-broken")));
    QVERIFY(store->has(*name));
    QVERIFY(store->remove(*name));
    QVERIFY(!store->has(*name));
    QVERIFY(store->remove(*name));
}

void FeedPictureTest::refusesNamesThatAreNone() {
    auto store = MediaStore::open(folder_.path("files"));
    QVERIFY(store);
    for (const std::string name : {"", "../../outside.jpg", "ab", "zz"}) {
        QVERIFY(!store->has(name));
        QVERIFY(!store->remove(name));
    }
    QVERIFY(!store->remove(std::string(64, 'G')));
}

QTEST_GUILESS_MAIN(FeedPictureTest)
#include "tst_feed_picture.moc"
