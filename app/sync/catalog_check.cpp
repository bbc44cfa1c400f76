#include "sync/catalog_check.h"

#include "core/durable_file.h"
#include "core/log.h"

namespace silta {

namespace {

constexpr const char* kName = "/catalog.check";
constexpr std::size_t kFileBytesMaxOfCheck = 4'096;
constexpr UtcMs kHourMs = 3'600'000;
constexpr int kHoursOfDay = 24;

bool isNight(UtcMs now) {
    const auto hour = static_cast<int>(now / kHourMs % kHoursOfDay);
    return hour >= kNightFromHour || hour < kNightToHour;
}

} // namespace

CatalogCheck::CatalogCheck(std::string folder) : path_(std::move(folder) + kName) {
    const auto text = readFile(path_, kFileBytesMaxOfCheck);
    if (!text) return;
    const auto json = parseJson(*text, kFileBytesMaxOfCheck);
    if (!json) return; // none yet, or damaged: the next check makes another
    sinceMs_ = integerMember(*json, "sinceMs").value_or(0);
    checkedMs_ = integerMember(*json, "checkedMs").value_or(0);
    differs_ = static_cast<int>(integerMember(*json, "ranges").value_or(0));
    repairs_ = integerMember(*json, "repairs").value_or(0);
    repairedWith_ = textMember(*json, "repairedWith").value_or("");
}

Result<void> CatalogCheck::save() const {
    const auto text = dumpJson({{"sinceMs", sinceMs_},
                                {"checkedMs", checkedMs_},
                                {"ranges", differs_},
                                {"repairs", repairs_},
                                {"repairedWith", repairedWith_}});
    return replaceFile(path_, text + "\n", 0644);
}

bool CatalogCheck::isDue(UtcMs now) {
    if (isRunning()) return false;
    if (sinceMs_ == 0 || sinceMs_ > now) { // new here, or the clock was ahead
        sinceMs_ = now;
        if (auto done = save(); !done) log::warning("sync", "{}", done.error().what);
    }
    const auto age = now - sinceMs_;
    return isRequested_ || age >= kCheckLatestMs || (age >= kCheckEveryMs && isNight(now));
}

Result<void> CatalogCheck::begin(const std::string& catalogPath, CatalogDigest expected) {
    auto scan = DigestScan::open(catalogPath);
    if (!scan) return scan.error();
    const auto& at = (*scan)->digest();
    if (!expected.isAt(at.epoch, at.catalogSeq, at.stockSeq)) return {};
    expected_ = std::move(expected);
    scan_ = std::move(*scan);
    return {};
}

Result<CatalogCheck::Outcome> CatalogCheck::slice(UtcMs now) {
    const auto more = scan_->slice(kCheckSliceProducts);
    if (more && *more) return Outcome::Reading;
    if (more) return finish(differingRanges(scan_->digest(), expected_), now);
    switch (more.error().code) {
    case Errc::Busy:
        return Outcome::Reading; // a writer's commit; the slice is read again
    case Errc::Corrupt:
        return finish(static_cast<int>(2 * kDigestRanges), now);
    case Errc::Conflict:
        break;
    default:
        scan_.reset();
        return more.error();
    }
    scan_.reset();
    if (++restarts_ <= kCheckRestartsMax) return Outcome::Again;
    log::warning("sync", "catalogue not checked: it changes faster than it is read");
    restarts_ = 0;
    isRequested_ = false;
    sinceMs_ = now;
    if (auto done = save(); !done) return done.error();
    return Outcome::Again;
}

Result<CatalogCheck::Outcome> CatalogCheck::finish(int differs, UtcMs now) {
    scan_.reset();
    restarts_ = 0;
    isRequested_ = false;
    sinceMs_ = checkedMs_ = now;
    differs_ = differs;
    if (differs == 0)
        repairedWith_.clear();
    else
        log::warning("sync", "the catalogue differs from the hub's ranges={}", differs);
    if (auto done = save(); !done) return done.error();
    return differs == 0 ? Outcome::Same : Outcome::Differs;
}

Result<void> CatalogCheck::noteRepaired(const std::string& snapshot) {
    ++repairs_;
    repairedWith_ = snapshot;
    isRequested_ = true;
    return save();
}

Json CatalogCheck::toJson() const {
    const char* state = checkedMs_ == 0 ? "never" : differs_ > 0 ? "differs" : "same";
    return {{"state", isRunning() ? "reading" : state},
            {"checkedMs", checkedMs_},
            {"ranges", differs_},
            {"repairs", repairs_}};
}

} // namespace silta
