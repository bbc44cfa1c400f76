// DigestScan: computes the digest of a device's replica, slice by slice beside its readers.
#pragma once

#include "catalog/digest.h"

#include <memory>
#include <string>

namespace silta {

/// Every slice is a reading transaction of its own, so that a writer waits for no more than that.
/// Thread: its owner's.
class DigestScan {
public:
    /// Errors: as CatalogReader::open.
    static Result<std::unique_ptr<DigestScan>> open(const std::string& path);
    virtual ~DigestScan() = default;
    /// Reads `products` more; false when all have been read. Errors: Conflict (the replica has moved on:
    /// begin anew), Corrupt, Busy.
    virtual Result<bool> slice(int products) = 0;
    /// So far; whole after slice() said false.
    [[nodiscard]] virtual const CatalogDigest& digest() const = 0;
};

} // namespace silta
