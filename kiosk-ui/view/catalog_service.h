// CatalogService: questions to the catalogue, answered on another thread.
#pragma once

#include "view/job_queue.h"

#include <silta/catalog.h>

#include <functional>
#include <memory>
#include <string>
#include <type_traits>

namespace silta::kiosk {

/// Owns the open catalogue. Thread: methods on the GUI thread; the reader is touched by the queue's jobs
/// only. Ownership: the queue must be stopped before this object and the receivers of its replies go.
class CatalogService {
public:
    using Opener = std::function<Result<std::unique_ptr<CatalogReader>>(const std::string& path,
                                                                        const std::string& homeStoreCode)>;

    CatalogService(JobQueue& queue, Opener opener) : queue_(queue), opener_(std::move(opener)) {}

    /// Replaces the open catalogue; on an error the former one stays in use. `now`: for prices of offers.
    void open(QObject* receiver, std::string path, std::string homeStoreCode, UtcMs now,
              std::function<void(Result<CatalogInfo>)> reply);

    /// Runs `job(const CatalogReader&)` on the queue and hands its result to `reply` on the receiver's
    /// thread. Errors: Unavailable while no catalogue is open, else the job's own.
    template <class Job, class Reply>
    void ask(QObject* receiver, Job job, Reply reply) {
        using Answer = std::invoke_result_t<Job, const CatalogReader&>;
        queue_.post([this, receiver, job = std::move(job), reply = std::move(reply)] {
            replyTo<Answer>(receiver, reply,
                            reader_ ? job(*reader_)
                                    : Answer(Error{Errc::Unavailable, "read catalogue: none is open"}));
        });
    }

private:
    JobQueue& queue_;
    Opener opener_;
    std::unique_ptr<CatalogReader> reader_;
};

} // namespace silta::kiosk
