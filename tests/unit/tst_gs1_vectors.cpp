// The vectors of the GS1 Barcode Syntax Engine, where a folder with them lies beside the sources.
#include "scan/ai_value.h"
#include "scan/digital_link.h"
#include "scan/element_string.h"
#include "scan/linter.h"
#include "scan/scan_data.h"

#include <silta/scan.h>

#include <QtTest>

using namespace silta;

namespace {

struct Vector {
    QByteArray input;
    QByteArray expected;
    QByteArray mode;
    QByteArray rule; ///< what the engine does with the input, or its linter
};

QString folder() {
    return QStringLiteral(SILTA_SOURCE_DIR "/../shared/data/gs1");
}

/// `\x1d` and `\\` of the table; a caret is FNC1 unless escaped.
QByteArray unescape(const QByteArray& text, bool caretIsFnc1) {
    QByteArray out;
    for (int i = 0; i < text.size(); ++i) {
        if (text.mid(i, 2) == "\\x") {
            out.append(QByteArray::fromHex(text.mid(i + 2, 2)));
            i += 3;
        } else if (text.mid(i, 2) == "\\\\") {
            out.append('\\');
            ++i;
        } else {
            out.append(caretIsFnc1 && text[i] == '^' ? '\x1d' : text[i]);
        }
    }
    return out;
}

QList<Vector> read(const char* name, int expectedColumn, int modeColumn) {
    QFile file(folder() + "/" + name);
    QList<Vector> vectors;
    if (!file.open(QIODevice::ReadOnly)) return vectors;
    file.readLine();
    while (!file.atEnd()) {
        auto line = file.readLine();
        line.chop(line.endsWith('\n') ? 1 : 0);
        const auto columns = line.split('\t');
        if (columns.value(0).startsWith('@')) continue; // refers to data inside the engine's own tests
        vectors.append(Vector{columns.value(0), columns.value(expectedColumn), columns.value(modeColumn),
                              columns.value(1)});
    }
    return vectors;
}

/// Elements written as an FNC1 string would be read again: "01=…|10=…|".
QByteArray listed(const std::vector<Gs1Element>& elements) {
    QByteArray text;
    for (const auto& element : elements)
        text += QByteArray::fromStdString(element.ai + "=" + element.value + "|");
    return text;
}

Meaning meaningOf(const QByteArray& bytes) {
    return explain(ScannedCode{Symbology::Unknown, "", bytes.toStdString(), "test"}, ChainCodes{});
}

bool isProduct(const Meaning& meaning) {
    return meaning.kind == MeaningKind::Product || meaning.kind == MeaningKind::DigitalLink;
}

} // namespace

class TestGs1Vectors : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        if (!QDir(folder()).exists()) QSKIP("skipped: no ../shared");
    }
    void refusesWhatMustBeRefused_data() { addFiles(); }
    void refusesWhatMustBeRefused();
    void readsWhatMustBeRead_data() { addFiles(); }
    void readsWhatMustBeRead();
    void lintsAsTheDictionary_data();
    void lintsAsTheDictionary();
    void marksWhatIsWrong();
    void decodesPercents();
    void writesDigitalLinks();
    void takesUnknownIdentifiersWhenAsked();
    void writesWhatItRead();
    void writesScanData();

private:
    static void addFiles() {
        QTest::addColumn<int>("expectedColumn");
        QTest::addColumn<int>("modeColumn");
        QTest::newRow("ai_fnc1_process.tsv") << 2 << 3;
        QTest::newRow("ai_bracketed_parse.tsv") << 2 << 3;
        QTest::newRow("ai_association.tsv") << 2 << 3;
        QTest::newRow("dl_parse.tsv") << 2 << 3;
        QTest::newRow("scandata_process.tsv") << 2 << 4;
    }
    static QByteArray bytesOf(const Vector& vector) {
        const bool isFnc1String = vector.input.startsWith('^');
        return unescape(vector.input, isFnc1String);
    }
};

void TestGs1Vectors::refusesWhatMustBeRefused() {
    QFETCH(int, expectedColumn);
    QFETCH(int, modeColumn);
    int refused = 0;
    int otherMode = 0;
    for (const auto& vector : read(QTest::currentDataTag(), expectedColumn, modeColumn)) {
        if (vector.expected != "ERROR") continue;
        const auto meaning = meaningOf(bytesOf(vector));
        if (isProduct(meaning) && vector.mode.contains("PermitZeroSuppressedGTINinDLuris=false")) {
            // Short GTINs in links are an option of the engine; here they are always taken.
            QVERIFY2(meaning.gtin->shortForm().size() < 14 && vector.input.contains("/01/") &&
                         !vector.input.contains(meaning.gtin->toString().c_str()),
                     vector.input.constData());
            ++otherMode;
            continue;
        }
        QVERIFY2(!isProduct(meaning), vector.input.constData());
        QVERIFY(!meaning.reason.empty());
        ++refused;
    }
    qInfo("%s: %d refused, %d of another mode", QTest::currentDataTag(), refused, otherMode);
    QVERIFY(refused > 0);
}

void TestGs1Vectors::readsWhatMustBeRead() {
    QFETCH(int, expectedColumn);
    QFETCH(int, modeColumn);
    int total = 0;
    int same = 0;
    for (const auto& vector : read(QTest::currentDataTag(), expectedColumn, modeColumn)) {
        if (vector.expected == "ERROR") continue;
        ++total;
        const auto meaning = meaningOf(bytesOf(vector));
        if (vector.expected == "OK") {
            const bool read = !meaning.elements.empty();
            same += read ? 1 : 0;
            if (!read) qInfo("not read: %s (%s)", vector.input.constData(), meaning.reason.c_str());
            continue;
        }
        // What the engine gives as an FNC1 string must mean the same here, element by element.
        const auto expected = meaningOf(unescape(vector.expected, vector.expected.startsWith('^')));
        const bool isSame = listed(meaning.elements) == listed(expected.elements) &&
                            (!vector.expected.startsWith('^') || !meaning.elements.empty());
        same += isSame ? 1 : 0;
        if (!isSame)
            qInfo("differs: %s gives %s (%s)", vector.input.constData(), listed(meaning.elements).constData(),
                  meaning.reason.c_str());
    }
    // Not read: names for identifiers ("/sscc/"), which URI Syntax 1.3 no longer has (section 4.2); and the
    // identifiers that the standard does not have, which a kiosk refuses and takesUnknown… below asks for.
    const auto isExcepted = [](const Vector& vector) {
        const bool asksForUnknown =
            vector.mode.contains("PermitUnknownAIs=true") &&
            meaningOf(bytesOf(vector)).reason.find("no such application identifier") != std::string::npos;
        return vector.input.contains("/sscc/") || asksForUnknown;
    };
    int excepted = 0;
    for (const auto& vector : read(QTest::currentDataTag(), expectedColumn, modeColumn))
        excepted += vector.expected != "ERROR" && isExcepted(vector) ? 1 : 0;
    qInfo("%s: %d of %d read", QTest::currentDataTag(), same, total);
    QCOMPARE(same + excepted, total);
}

void TestGs1Vectors::lintsAsTheDictionary_data() {
    QTest::addColumn<QByteArray>("file");
    QTest::newRow("all") << QByteArray("linters.tsv");
    QTest::newRow("retail") << QByteArray("linters_retail.tsv");
}

// Not asked, since which company prefixes are given out is known to GS1 only (General Specifications, section
// 1.4.2): the vectors that a prefix list refuses, or that ask for one that is out of reach.
void TestGs1Vectors::lintsAsTheDictionary() {
    QFETCH(QByteArray, file);
    int same = 0;
    int notAsked = 0;
    for (const auto& vector : read(file.constData(), 2, 3)) {
        const bool needsPrefixList =
            vector.expected == "INVALID_GCP_PREFIX" || vector.expected == "GCP_DATASOURCE_OFFLINE";
        if (needsPrefixList) {
            ++notAsked;
            continue;
        }
        const auto value = unescape(vector.input, false).toStdString();
        const auto fault = gs1::lint(vector.rule.constData(), value);
        const auto name = fault ? QByteArray(fault.name.data(), qsizetype(fault.name.size())) : "OK";
        QVERIFY2(name == vector.expected, (vector.rule + " " + vector.input + " gives " + name).constData());
        if (fault) {
            auto markup = value;
            markup.insert(fault.at + fault.length, "*");
            markup.insert(fault.at, "*");
            QCOMPARE(QByteArray::fromStdString(markup), unescape(vector.mode, false));
        }
        ++same;
    }
    qInfo("%s: %d as the dictionary, %d need a list of company prefixes", file.constData(), same, notAsked);
    QVERIFY(same > 0);
}

void TestGs1Vectors::marksWhatIsWrong() {
    const auto vectors = read("ai_errmarkup.tsv", 2, 3);
    QVERIFY(!vectors.isEmpty());
    for (const auto& vector : vectors) {
        const auto close = vector.input.indexOf(')');
        const auto ai = vector.input.mid(1, close - 1).toStdString();
        const auto* row = gs1::findAi(ai);
        QVERIFY(row != nullptr);
        const auto fault = gs1::findFault(*row, vector.input.mid(close + 1).toStdString());
        QVERIFY(fault.has_value());
        QCOMPARE(QByteArray::fromStdString("(" + ai + ")" + fault->markup), vector.expected);
    }
}

void TestGs1Vectors::decodesPercents() {
    const auto inPath = read("dl_unescape.tsv", 2, 4);
    QVERIFY(!inPath.isEmpty());
    for (const auto& vector : inPath)
        QCOMPARE(QByteArray::fromStdString(gs1::percentDecode(vector.input.toStdString())),
                 unescape(vector.expected, false));
}

void TestGs1Vectors::writesDigitalLinks() {
    const auto vectors = read("dl_generate.tsv", 2, 4);
    const auto stems = read("dl_generate.tsv", 3, 4);
    QVERIFY(!vectors.isEmpty());
    for (qsizetype i = 0; i < vectors.size(); ++i) {
        const auto& vector = vectors[i];
        const auto stem =
            stems[i].expected == "<NULL>" ? QByteArray("https://id.gs1.org") : stems[i].expected;
        const gs1::ReadOptions options{.allowUnknownAis = vector.mode.contains("PermitUnknownAIs=true")};
        const auto elements = gs1::parseBracketed(vector.input.toStdString(), options);
        // Something that cannot be read cannot be written either.
        const auto link = elements ? gs1::writeDigitalLink(*elements, stem.toStdString())
                                   : Result<std::string>(elements.error());
        const auto text = link ? QByteArray::fromStdString(*link) : QByteArray("ERROR");
        QVERIFY2(text == vector.expected, (vector.input + " gives " + text).constData());
    }
}

void TestGs1Vectors::takesUnknownIdentifiersWhenAsked() {
    const gs1::ReadOptions options{.allowUnknownAis = true};
    for (const auto& vector : read("ai_association.tsv", 2, 3)) {
        const auto elements = gs1::parseBracketed(vector.input.toStdString(), options);
        QVERIFY2(elements.has_value() == (vector.expected == "OK"), vector.input.constData());
    }
    for (const auto& vector : read("dl_parse.tsv", 2, 3)) {
        if (!vector.mode.contains("PermitUnknownAIs=true")) continue;
        const auto link = gs1::parseDigitalLink(vector.input.toStdString(), options);
        const bool isAllowed = vector.expected != "ERROR";
        QVERIFY2(link.has_value() == isAllowed, vector.input.constData());
    }
}

void TestGs1Vectors::writesWhatItRead() {
    int same = 0;
    for (const auto& vector : read("ai_bracketed_parse.tsv", 2, 3)) {
        if (vector.expected == "ERROR" || !vector.expected.startsWith('^')) continue;
        const auto elements = gs1::parseBracketed(vector.input.toStdString(), {.checkAssociations = false});
        if (!elements) continue; // readsWhatMustBeRead says so
        const auto bytes = gs1::kFnc1 + gs1::writeElementString(*elements);
        QCOMPARE(QByteArray::fromStdString(bytes), unescape(vector.expected, true));
        QCOMPARE(QByteArray::fromStdString(gs1::writeBracketed(*elements)), vector.input);
        ++same;
    }
    qInfo("%d written as they were read", same);
    QVERIFY(same > 0);
}

void TestGs1Vectors::writesScanData() {
    using enum gs1::Carrier;
    const QHash<QByteArray, gs1::Carrier> carriers = {
        {"QR", QrCode},
        {"DM", DataMatrix},
        {"DotCode", DotCode},
        {"DataBarExpanded", DataBarExpanded},
        {"DataBarOmni", DataBarOmni},
        {"DataBarLimited", DataBarLimited},
        {"GS1_128_CCA", Gs1Code128},
        {"GS1_128_CCC", Gs1Code128},
        {"UPCA", UpcA},
        {"UPCE", UpcE},
        {"EAN13", Ean13},
        {"EAN8", Ean8},
    };
    const auto vectors = read("scandata_generate.tsv", 2, 3);
    const auto modes = read("scandata_generate.tsv", 2, 4);
    QVERIFY(!vectors.isEmpty());
    for (qsizetype i = 0; i < vectors.size(); ++i) {
        const auto& vector = vectors[i];
        QVERIFY2(carriers.contains(vector.mode), vector.mode.constData());
        // A backslash more than one stands in front of a caret that is one.
        auto message = unescape(vector.input, vector.input.startsWith('^') || vector.input.contains("|^"));
        if (message.startsWith('\\')) message.remove(0, 1);
        const auto data = gs1::writeScanData(carriers[vector.mode], message.toStdString(),
                                             modes[i].mode.contains("AddCheckDigit=true"));
        const auto expected = vector.expected == "<NULL>" ? QByteArray() : unescape(vector.expected, false);
        const auto written = data ? QByteArray::fromStdString(*data) : QByteArray();
        QVERIFY2(written == expected, (vector.input + " gives " + written).constData());
    }
}

QTEST_APPLESS_MAIN(TestGs1Vectors)
#include "tst_gs1_vectors.moc"
