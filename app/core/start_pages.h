// What a process that serves for months does not keep of its start.
#pragma once

namespace silta {

/// Unmaps code and constants, of which a start touches much that nobody needs again: loading, locales, the
/// self-tests of libraries, configuration. What is used after all comes back from the page cache, without a
/// disk. Call once, when the process is ready. Thread: any.
void forgetStartPages();

} // namespace silta
