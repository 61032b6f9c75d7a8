"""What a person inside the kernel is doing; with the clock that rings it says which step comes next."""

(
    FREE, FOR_BED, STAYING, REFERRING, FOR_ASSESSMENT, BEING_ASSESSED, FOR_ADAPTATION, BEING_ADAPTED, ARRANGING,
    FOR_SLOT, IN_SLOT, SOURCING, FOR_PACKAGE, RESTARTING, AT_HOME,
) = range(15)  # fmt: skip
