#include "core/json.h"
#include "ctl/commands.h"

#include <silta/scan.h>

namespace silta::ctl {

namespace {

Json describe(const std::string& file, const ScannedCode& code) {
    const auto meaning = silta::explain(code, ChainCodes{});
    Json line;
    line["file"] = file;
    line["format"] = toString(code.symbology);
    line["text"] = code.bytes;
    line["meaning"] = toString(meaning.kind);
    if (meaning.gtin) line["gtin"] = meaning.gtin->toString();
    if (!meaning.reason.empty()) line["reason"] = meaning.reason;
    return line;
}

} // namespace

// Always JSON lines: what is in a code may hold anything, line ends too.
int scan(CommandContext& context, std::span<const std::string> args) {
    int status = kExitOk;
    int files = 0;
    bool isLiteral = false;
    for (const auto& file : args) {
        if (!isLiteral && file == "--") {
            isLiteral = true;
            continue;
        }
        if (!isLiteral && file.starts_with('-') && file.size() > 1)
            return usageError(context, "scan", "no such option: " + file);
        ++files;
        const auto codes = context.readPicture(file);
        if (!codes) {
            context.err << "siltactl scan: " << codes.error().what << '\n';
            status = kExitFailed;
            continue;
        }
        if (codes->empty()) {
            context.err << "siltactl scan: read barcode " << file << ": none found\n";
            status = kExitFailed;
        }
        for (const auto& code : *codes)
            context.out << dumpJson(describe(file, code)) << '\n';
        context.out.flush();
    }
    return files > 0 ? status : usageError(context, "scan", "no file given");
}

} // namespace silta::ctl
