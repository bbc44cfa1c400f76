// Slips on paper: byte for byte, in four languages, as codes that can be read; and printers that are empty,
// open, silent, stuck or not there. What would be on the paper goes to SILTA_SCREENS, for a person to look
// at.
#define ZX_USE_UTF8 1 // text as std::string in 1.4; later versions know nothing else
#include "drivers/printer/receipt_printer.h"
#include "support/receipt_paper.h"

#include <ZXing/ReadBarcode.h>
#include <pty.h>

#include <QDir>
#include <QGuiApplication>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <atomic>
#include <thread>

using namespace silta;
using namespace silta::drivers;
using Kind = SlipPart::Kind;

namespace {

constexpr PrinterPatience kShort{.connectMs = 2'000, .stateMs = 2'000, .sendMs = 2'000};
constexpr const char* kToken = "SILTA1:0123456789ABCDEFGHJKMNPQRSTVWXYZ0123456789ABCDEFGHJKMNPQRSTVWXYZ"
                               "0123456789ABCDEFGHJKMNPQRSTVWXYZ012345678";

Slip receipt() {
    return {
        {Kind::Title, "Käsityö & Öljy"},
        {Kind::Text, "Helsinki Kamppi, Testikatu 1"},
        {Kind::Rule},
        {Kind::Pair, "Stoneware mug 0.3 l with a name that is longer than one line has room for", "25,90 €"},
        {Kind::Pair, "Rabat dla członków", "−0,71 €"},
        {Kind::Rule},
        {Kind::Bold, "Yhteensä 25,19 €"},
        {Kind::Gap},
        {Kind::Qr, kToken},
        {Kind::Code128, "R2611230042"},
        {Kind::Code128, "9246000010000011"}};
}

/// What a phone reads from the paper.
std::vector<std::string> codesIn(const QImage& image) {
    const auto gray = image.convertToFormat(QImage::Format_Grayscale8);
    const ZXing::ImageView view(gray.constBits(), gray.width(), gray.height(), ZXing::ImageFormat::Lum,
                                static_cast<int>(gray.bytesPerLine()));
    std::vector<std::string> texts;
    for (const auto& found : ZXing::ReadBarcodes(view, ZXing::DecodeHints().setTryHarder(true)))
        texts.push_back(found.text());
    return texts;
}

/// A printer on the network that answers as told. Its thread ends with it.
class NetworkPrinter {
public:
    enum class Mood { Well, NoPaper, CoverOpen, Trouble, RunsOut, Silent, Deaf, HangsUp };
    explicit NetworkPrinter(Mood mood) : mood_(mood), thread_([this] { run(); }) {
        while (port_ == 0)
            std::this_thread::yield();
    }
    ~NetworkPrinter() {
        isOver_ = true;
        thread_.join();
    }
    [[nodiscard]] PrinterPlace place() const { return {.host = "127.0.0.1", .port = port_}; }
    /// Without the questions. After the thread has seen the end of the slip.
    std::string printed() {
        isOver_ = true;
        thread_.join();
        thread_ = std::thread([] {});
        return printed_;
    }

private:
    void run() {
        QTcpServer server;
        server.listen(QHostAddress::LocalHost);
        port_ = server.serverPort();
        while (!isOver_ && !server.waitForNewConnection(20)) {
        }
        if (!server.hasPendingConnections()) return;
        auto* line = server.nextPendingConnection();
        if (mood_ == Mood::HangsUp) return line->abort();
        if (mood_ == Mood::Deaf) {
            while (!isOver_)
                std::this_thread::sleep_for(std::chrono::milliseconds(5));
            return;
        }
        while (line->bytesAvailable() > 0 || line->waitForReadyRead(10'000))
            take(*line); // until whoever prints has hung up
        printed_ += waiting_;
    }
    void take(QTcpSocket& line) {
        waiting_ += line.readAll().toStdString();
        for (std::size_t at = 0;
             (at = waiting_.find("\x10\x04")) != std::string::npos && at + 2 < waiting_.size();) {
            printed_ += waiting_.substr(0, at);
            const char asked = waiting_[at + 2];
            waiting_.erase(0, at + 3);
            answer(line, asked);
        }
    }
    void answer(QTcpSocket& line, char asked) {
        char state = 0x12;
        const bool isOut = mood_ == Mood::NoPaper || (mood_ == Mood::RunsOut && !printed_.empty());
        if (asked == 2 && mood_ == Mood::CoverOpen) state = 0x12 | 0x04;
        if (asked == 2 && mood_ == Mood::Trouble) state = 0x12 | 0x40;
        if (asked == 4 && isOut) state = 0x12 | 0x60;
        if (mood_ == Mood::Silent) return;
        line.write("\x01", 1); // noise, that is no answer
        line.write(&state, 1);
        line.flush();
    }

    const Mood mood_;
    std::atomic<int> port_ = 0;
    std::atomic<bool> isOver_ = false;
    std::string printed_, waiting_;
    std::thread thread_;
};

} // namespace

class TestReceiptPrinter : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY(QDir().mkpath(SILTA_SCREENS)); }

    void printsByteForByte() {
        const auto bytes = toEscPos({{Kind::Title, "Ö"}, {Kind::Pair, "a", "1,00 €"}, {Kind::Bold, "zł ł"}},
                                    {.columns = 16, .dots = 384});
        const QByteArray expected = QByteArray::fromHex("1b40"
                                                        "1b6101"
                                                        "1d2111"
                                                        "1b7410"
                                                        "d6"
                                                        "0a"
                                                        "1d2100"
                                                        "1b6100"
                                                        "61202020202020202020"
                                                        "312c3030"
                                                        "20"
                                                        "80"
                                                        "0a"
                                                        "1b4501"
                                                        "7a"
                                                        "1b7412"
                                                        "88"
                                                        "20"
                                                        "88"
                                                        "0a"
                                                        "1b4500"
                                                        "1b6403"
                                                        "1d564200");
        QCOMPARE(QByteArray::fromStdString(*bytes).toHex(' '), expected.toHex(' '));
    }

    void printsWhatIsWritten_data() {
        QTest::addColumn<QString>("text");
        QTest::newRow("en") << "“Pay £5 – it’s the club’s…”";
        QTest::newRow("fi") << "Äiti, öljyä ja Ångström – šakki, ž";
        QTest::newRow("sv") << "Å, är det öppet? 25,90 €";
        QTest::newRow("pl") << "Zażółć gęślą jaźń ZAŻÓŁĆ GĘŚLĄ JAŹŃ 3,50 zł";
    }
    void printsWhatIsWritten() {
        QFETCH(QString, text);
        test::ReceiptPaper paper;
        const auto bytes = toEscPos({{Kind::Text, text.toStdString()}}, {});
        QCOMPARE(QString::fromStdString(paper.feed(*bytes)), QString());
        QCOMPARE(QString::fromStdString(paper.lines()[0]), text);
    }

    void takesNoCommandFromAText() {
        test::ReceiptPaper paper;
        const std::string evil = "a\x1b@\x1dV\x01 b\x10\x14\x01\n\x7f\xc2\x9b\xff\xe2\x82 日本";
        const auto bytes = toEscPos({{Kind::Text, evil}, {Kind::Pair, evil, evil}, {Kind::Title, evil}}, {});
        QCOMPARE(QString::fromStdString(paper.feed(*bytes)), QString());
        QCOMPARE(paper.cuts(), 1);
        QCOMPARE(QString::fromStdString(paper.lines()[0]), QString("a @ V  b      ??? ??"));
    }

    void keepsWithinThePaper_data() {
        QTest::addColumn<int>("columns");
        QTest::newRow("80 mm") << 48;
        QTest::newRow("58 mm") << 32;
    }
    void keepsWithinThePaper() {
        QFETCH(int, columns);
        test::ReceiptPaper paper(columns * 12, columns);
        const std::string words = "one two three four five six seven eight nine ten eleven twelve thirteen";
        const auto bytes = toEscPos({{Kind::Text, words},
                                     {Kind::Text, std::string(100, 'x')},
                                     {Kind::Pair, words, "1,00"},
                                     {Kind::Pair, "", std::string(100, '9')},
                                     {Kind::Rule}},
                                    {.columns = columns, .dots = columns * 12});
        QCOMPARE(QString::fromStdString(paper.feed(*bytes)), QString());
        std::string all;
        for (const auto& line : paper.lines()) {
            QVERIFY2(static_cast<int>(line.size()) <= columns, line.c_str());
            all += line + " ";
        }
        QVERIFY(all.find("twelve thirteen ") != std::string::npos ||
                all.find("thirteen") != std::string::npos);
        QVERIFY(all.find("  1,00") != std::string::npos || all.find(" 1,00") != std::string::npos);
    }

    void drawsCodesThatCanBeRead_data() {
        QTest::addColumn<bool>("byPrinter");
        QTest::addColumn<int>("columns");
        QTest::newRow("the printer's own") << true << 48;
        QTest::newRow("the printer's own, 58 mm") << true << 32;
        QTest::newRow("as pictures") << false << 48;
        QTest::newRow("as pictures, 58 mm") << false << 32;
    }
    void drawsCodesThatCanBeRead() {
        QFETCH(bool, byPrinter);
        QFETCH(int, columns);
        test::ReceiptPaper paper(columns * 12, columns);
        const auto bytes = toEscPos(receipt(), {.columns = columns,
                                                .dots = columns * 12,
                                                .codes = byPrinter ? CodesBy::Printer : CodesBy::Picture});
        QCOMPARE(QString::fromStdString(bytes ? "" : bytes.error().what), QString());
        QCOMPARE(QString::fromStdString(paper.feed(*bytes)), QString());
        QCOMPARE(paper.cuts(), 1);
        QCOMPARE(paper.pictures(), byPrinter ? 0 : 3);
        const auto image = paper.image();
        QVERIFY(image.save(QString("%1/receipt-%2-%3.png")
                               .arg(SILTA_SCREENS)
                               .arg(columns)
                               .arg(byPrinter ? "own" : "pictures")));
        const auto codes = codesIn(image);
        for (const std::string wanted : {kToken, "R2611230042", "9246000010000011"})
            QVERIFY2(std::find(codes.begin(), codes.end(), wanted) != codes.end(), wanted.c_str());
    }

    void refusesWhatIsNoSlip_data() {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("text");
        const auto row = [](const char* name, Kind kind, const std::string& text) {
            QTest::newRow(name) << static_cast<int>(kind) << QString::fromStdString(text);
        };
        row("a long text", Kind::Text, std::string(kSlipTextBytesMax + 1, 'x'));
        row("no QR code", Kind::Qr, "");
        row("a long QR code", Kind::Qr, std::string(kSlipQrBytesMax + 1, 'x'));
        row("no bars", Kind::Code128, "");
        row("long bars", Kind::Code128, std::string(kSlipCode128Max + 1, 'x'));
        row("bars of another script", Kind::Code128, "Ä");
        row("bars of a control", Kind::Code128, "\x01");
    }
    void refusesWhatIsNoSlip() {
        QFETCH(int, kind);
        QFETCH(QString, text);
        for (const auto codes : {CodesBy::Printer, CodesBy::Picture})
            QVERIFY(!toEscPos({{static_cast<Kind>(kind), text.toStdString()}}, {.codes = codes}));
        QVERIFY(!toEscPos(Slip(kSlipPartsMax + 1, {Kind::Gap}), {}));
        QVERIFY(toEscPos(Slip(kSlipPartsMax, {Kind::Gap}), {}));
        ReceiptPrinter printer({.host = "127.0.0.1", .port = 9}, {}, kShort);
        QCOMPARE(printer.print({{static_cast<Kind>(kind), text.toStdString()}}), PrintOutcome::Refused);
    }

    void saysHowThePrinterIs_data() {
        using Mood = NetworkPrinter::Mood;
        QTest::addColumn<int>("mood");
        QTest::addColumn<int>("outcome");
        const auto row = [](const char* name, Mood mood, PrintOutcome outcome) {
            QTest::newRow(name) << static_cast<int>(mood) << static_cast<int>(outcome);
        };
        row("well", Mood::Well, PrintOutcome::Printed);
        row("no paper", Mood::NoPaper, PrintOutcome::NoPaper);
        row("its roll ends with this slip", Mood::RunsOut, PrintOutcome::NoPaper);
        row("open", Mood::CoverOpen, PrintOutcome::CoverOpen);
        row("trouble", Mood::Trouble, PrintOutcome::Trouble);
        row("says nothing of itself", Mood::Silent, PrintOutcome::Sent);
        row("hangs up", Mood::HangsUp, PrintOutcome::Offline);
    }
    void saysHowThePrinterIs() {
        QFETCH(int, mood);
        QFETCH(int, outcome);
        const auto wanted = static_cast<PrintOutcome>(outcome);
        NetworkPrinter network(static_cast<NetworkPrinter::Mood>(mood));
        ReceiptPrinter printer(network.place(), {}, kShort);
        const auto said = printer.print(receipt());
        const bool isGone = wanted == PrintOutcome::Offline; // it may go before or while it is written to
        QVERIFY(said == wanted || (isGone && said == PrintOutcome::Sent));
        const bool isOnPaper = wanted == PrintOutcome::Printed || wanted == PrintOutcome::Sent ||
                               static_cast<NetworkPrinter::Mood>(mood) == NetworkPrinter::Mood::RunsOut;
        QCOMPARE(network.printed().size(), isOnPaper ? toEscPos(receipt(), {})->size() : std::size_t(0));
    }

    void givesUpOnAPrinterThatTakesNothing() {
        NetworkPrinter network(NetworkPrinter::Mood::Deaf);
        ReceiptPrinter printer(network.place(), {.codes = CodesBy::Picture},
                               {.connectMs = 200, .stateMs = 50, .sendMs = 200});
        Slip longest;
        for (int i = 0; i < 290; ++i)
            longest.push_back({Kind::Qr, std::string(kSlipQrBytesMax, 'x')});
        QCOMPARE(printer.print(longest), PrintOutcome::Offline);
    }

    void saysThatThereIsNone() {
        QTcpServer server;
        server.listen(QHostAddress::LocalHost);
        const PrinterPlace place{.host = "127.0.0.1", .port = server.serverPort()};
        server.close();
        QCOMPARE(ReceiptPrinter(place, {}, kShort).print(receipt()), PrintOutcome::Offline);
        for (const auto* text : {"usb:/dev/silta-none", "serial:/dev/silta-none:9600", "serial:/dev/null"})
            QCOMPARE(ReceiptPrinter(*parsePrinterPlace(text), {}, kShort).print(receipt()),
                     PrintOutcome::Offline);
    }

    void printsOnASerialLineAndADeviceFile_data() {
        QTest::addColumn<QString>("kind");
        QTest::newRow("serial") << "serial";
        QTest::newRow("usb") << "usb";
    }
    void printsOnASerialLineAndADeviceFile() {
        QFETCH(QString, kind);
        int ours = -1;
        int theirs = -1;
        std::array<char, 64> name{};
        termios raw{};
        ::cfmakeraw(&raw);
        QVERIFY(::openpty(&ours, &theirs, name.data(), &raw, nullptr) == 0);
        const auto place = parsePrinterPlace(kind.toStdString() + ":" + name.data());
        QVERIFY(place.has_value());
        const auto expected = *toEscPos(receipt(), {});
        std::string printed;
        std::atomic<bool> isOver = false;
        std::thread reader([&] {
            std::array<char, 1'024> bytes{};
            while (printed.size() < expected.size() + 3 && !isOver) {
                const auto count = ::read(ours, bytes.data(), bytes.size());
                if (count > 0) printed.append(bytes.data(), static_cast<std::size_t>(count));
            }
        });
        const auto said =
            ReceiptPrinter(*place, {}, {.connectMs = 50, .stateMs = 50, .sendMs = 5'000}).print(receipt());
        isOver = said != PrintOutcome::Sent;
        if (isOver) ::close(theirs);
        reader.join();
        QCOMPARE(said, PrintOutcome::Sent); // nobody answers
        QCOMPARE(QByteArray::fromStdString(printed.substr(3)).toHex(),
                 QByteArray::fromStdString(expected).toHex());
        ::close(ours);
    }

    void readsWhereThePrinterIs_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("isSound");
        for (const auto* text :
             {"tcp:192.168.50.20", "tcp:192.168.50.20:9101", "tcp:[fd00::20]:9100", "tcp:[fd00::20]",
              "usb:/dev/usb/lp0", "serial:/dev/ttyUSB0:19200", "serial:/dev/ttyUSB0"})
            QTest::newRow(text) << QString(text) << true;
        for (const auto* text :
             {"", "tcp:", "tcp:printer.example", "tcp:192.168.50.20:0", "tcp:192.168.50.20:70000",
              "tcp:[fd00::20", "tcp:[fd00::20]9100", "usb:lp0", "usb:/etc/passwd", "usb:/dev/../etc/passwd",
              "serial:/dev/ttyUSB0:300", "lpt:/dev/lp0"})
            QTest::newRow(text) << QString(text) << false;
    }
    void readsWhereThePrinterIs() {
        QFETCH(QString, text);
        QFETCH(bool, isSound);
        QCOMPARE(parsePrinterPlace(text.toStdString()).has_value(), isSound);
    }
};

QTEST_MAIN(TestReceiptPrinter)
#include "tst_receipt_printer.moc"
