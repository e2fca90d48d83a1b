using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace CertAuth.Tests.Conventions;

/// <summary>Formats the public API of an assembly as text: sorted, with one line for each type and member.</summary>
internal static class PublicApi
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    internal static string Describe(Assembly assembly)
    {
        StringBuilder text = new();
        foreach (Type type in assembly.GetExportedTypes().Where(t => !IsGenerated(t)).OrderBy(t => t.FullName, StringComparer.Ordinal))
        {
            text.Append(GetKind(type)).Append(' ').Append(FormatName(type)).Append(FormatInterfaces(type)).Append('\n');
            foreach (string member in type.GetMembers(Declared).Select(Describe).OfType<string>().Order(StringComparer.Ordinal))
                text.Append("    ").Append(member).Append('\n');
        }

        return text.ToString();
    }

    // The compiler adds public nested types for extension members, such as "<G>$34505F560D9EACF86A87F3ED1F85E448".
    private static bool IsGenerated(Type type) => type.Name.Contains('<', StringComparison.Ordinal)
        || (type.DeclaringType is { } outer && IsGenerated(outer));

    private static string GetKind(Type type) =>
        type.IsEnum ? "enum"
        : type.IsInterface ? "interface"
        : type.IsValueType ? "struct"
        : type is { IsAbstract: true, IsSealed: true } ? "static class"
        : type.IsSealed ? "sealed class"
        : "class";

    private static string FormatInterfaces(Type type)
    {
        string[] interfaces =
            [.. type.GetInterfaces().Where(i => i.IsPublic && !type.IsEnum).Select(FormatName).Order(StringComparer.Ordinal)];
        return interfaces.Length == 0 ? "" : $" : {string.Join(", ", interfaces)}";
    }

    private static string? Describe(MemberInfo member) => member switch
    {
        _ when member.IsDefined(typeof(CompilerGeneratedAttribute)) && member is not PropertyInfo => null,
        FieldInfo { IsPublic: true, IsSpecialName: false } field => field.DeclaringType!.IsEnum && field.IsLiteral
            ? $"{field.Name} = {Convert.ToInt64(field.GetRawConstantValue(), null)}"
            : $"{(field.IsStatic ? "static " : "")}{FormatName(field.FieldType)} {field.Name}",
        PropertyInfo property when property.GetMethod?.IsPublic == true => Describe(property),
        ConstructorInfo { IsPublic: true } constructor => $"{constructor.DeclaringType!.Name}({FormatParameters(constructor)})",
        MethodInfo { IsPublic: true, IsSpecialName: false } method =>
            $"{(method.IsStatic ? "static " : "")}{FormatName(method.ReturnType)} {method.Name}({FormatParameters(method)})",
        _ => null,
    };

    private static string Describe(PropertyInfo property)
    {
        bool isStatic = property.GetMethod!.IsStatic;
        bool isInit = property.SetMethod?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) == true;
        string set = property.SetMethod?.IsPublic != true ? "" : isInit ? " init;" : " set;";
        string required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        return $"{(isStatic ? "static " : "")}{required}{FormatName(property.PropertyType)} {property.Name} {{ get;{set} }}";
    }

    private static string FormatParameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(p =>
        $"{(p.IsOut ? "out " : p.ParameterType.IsByRef ? "ref " : "")}{FormatName(p.ParameterType)} {p.Name}"
        + (p.HasDefaultValue ? " = default" : "")));

    private static string FormatName(Type type)
    {
        if (type.IsByRef)
            return FormatName(type.GetElementType()!);
        if (type.IsArray)
            return $"{FormatName(type.GetElementType()!)}[]";
        if (type.IsGenericParameter)
            return type.Name;

        string name = type.IsGenericType ? type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)] : type.Name;
        string arguments = type.IsGenericType ? $"<{string.Join(", ", type.GetGenericArguments().Select(FormatName))}>" : "";
        string prefix = type.Namespace?.StartsWith("CertAuth", StringComparison.Ordinal) == true ? $"{type.Namespace}." : "";
        return $"{prefix}{name}{arguments}";
    }
}
