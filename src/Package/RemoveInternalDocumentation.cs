using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Xml.Linq;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>Removes the internal types and members, which the compiler includes, from an XML documentation file.</summary>
public sealed class RemoveInternalDocumentation : Task
{
    /// <summary>The assembly that the file documents. Libraries of this repository that it references are in the same folder.</summary>
    [Required]
    public string AssemblyPath { get; set; }

    /// <summary>The documentation file of the compiler.</summary>
    [Required]
    public string Documentation { get; set; }

    /// <summary>The file to write.</summary>
    [Required]
    public string Target { get; set; }

    public override bool Execute()
    {
        Dictionary<string, Type> types = GetTypes().Where(type => type.IsVisible).ToDictionary(type => type.FullName.Replace('+', '.'));
        XDocument document = XDocument.Load(Documentation, LoadOptions.PreserveWhitespace);
        document.Descendants("member").Where(member => !IsVisible((string)member.Attribute("name"), types)).Remove();
        Directory.CreateDirectory(Path.GetDirectoryName(Target));
        document.Save(Target, SaveOptions.DisableFormatting);
        return true;
    }

    // The packages that the assembly references are not in its folder. A type that cannot be loaded without one is omitted: a test
    // checks that the documentation in the package has each public type.
    private IEnumerable<Type> GetTypes()
    {
        AppDomain.CurrentDomain.AssemblyResolve += ResolveReference;
        try
        {
            return Assembly.Load(File.ReadAllBytes(AssemblyPath)).GetTypes();
        }
        catch (ReflectionTypeLoadException exception)
        {
            return exception.Types.Where(type => type != null);
        }
        finally
        {
            AppDomain.CurrentDomain.AssemblyResolve -= ResolveReference;
        }
    }

    private Assembly ResolveReference(object sender, ResolveEventArgs reference)
    {
        string path = Path.Combine(Path.GetDirectoryName(AssemblyPath), new AssemblyName(reference.Name).Name + ".dll");
        return File.Exists(path) ? Assembly.Load(File.ReadAllBytes(path)) : null;
    }

    // "T:Namespace.Type", "P:Namespace.Type.Member", "M:Namespace.Type.Member``1(Parameters)", "M:Namespace.Type.#ctor".
    private static bool IsVisible(string id, Dictionary<string, Type> types)
    {
        string name = id.Substring(2);
        if (id[0] == 'T')
            return types.ContainsKey(name);

        int parameters = name.IndexOf('(');
        name = parameters < 0 ? name : name.Substring(0, parameters);
        int dot = name.LastIndexOf('.');
        Type type;
        if (!types.TryGetValue(name.Substring(0, dot), out type))
            return false;

        string member = name.Substring(dot + 1).Replace('#', '.');
        int arity = member.IndexOf('`');
        member = arity < 0 ? member : member.Substring(0, arity);
        return GetVisibleNames(type).Contains(member);
    }

    private static IEnumerable<string> GetVisibleNames(Type type)
    {
        const BindingFlags Declared =
            BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        IEnumerable<string> fields = type.GetFields(Declared).Where(field => field.IsPublic || field.IsFamily).Select(field => field.Name);
        IEnumerable<string> methods = type.GetMethods(Declared).Where(IsVisible).Select(method => method.Name);
        IEnumerable<string> constructors = type.GetConstructors(Declared).Where(IsVisible).Select(constructor => constructor.Name);
        IEnumerable<string> properties = type.GetProperties(Declared).Where(property => property.GetAccessors(true).Any(IsVisible))
            .Select(property => property.Name);
        return fields.Concat(methods).Concat(constructors).Concat(properties);
    }

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;
}
