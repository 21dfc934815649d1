extension String {
    /// As one word of a shell's command.
    var quotedForShell: String {
        let isPlain =
            !isEmpty
            && unicodeScalars.allSatisfy { scalar in
                "/._-+=:@%,".unicodeScalars.contains(scalar)
                    || scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
            }
        // A name that begins like an option is no option with its folder before it.
        let text = hasPrefix("-") ? "./" + self : self
        return isPlain ? text : "'" + text.replacing("'", with: #"'\''"#) + "'"
    }
}
